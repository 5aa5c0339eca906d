/**
 * The colours of their own that this person chose last.
 * Owns their place in localStorage.
 */
import { read, write } from '../local';

const KEY = 'drawbridge.colors';
/** As many as anybody finds again at a glance. */
const LIMIT = 8;

/** The last ones first. */
export function recentColors(): string[] {
  const stored = read(KEY);
  const isColor = (one: unknown): one is string => typeof one === 'string' && /^#[0-9a-f]{6}([0-9a-f]{2})?$/.test(one);
  return Array.isArray(stored) ? stored.filter(isColor).slice(0, LIMIT) : [];
}

/** Puts one before the others. */
export function noteColor(color: string): void {
  const others = recentColors().filter((other) => other !== color);
  write(KEY, [color, ...others].slice(0, LIMIT));
}
