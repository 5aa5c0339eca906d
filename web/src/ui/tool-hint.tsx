/**
 * One line at the foot that says what keys do with the tool in hand, the first times that it is taken.
 * Owns how often, and where that is kept; which tools have such keys stands with their words.
 */
import { effect, signal } from '@preact/signals';
import type { ToolName } from '../engine/wasm_client.js';
import { read, write } from '../local';
import { tool } from '../ui-state';
import { later } from '../words-later';
import { shortcutText } from './shortcut';
import './tool-hint.css';

/** A person who has read it so often knows it. */
const TIMES = 3;
const KEY = 'drawbridge.tool-hints';

type Line = readonly { keys: string; does: string }[];

const LINES: Readonly<Partial<Record<ToolName, Line>>> = later.toolHints;

function stored(): Record<string, unknown> {
  const kept = read(KEY);
  return typeof kept === 'object' && kept !== null ? { ...kept } : {};
}

/** The line of the tool in hand; it stays as long as that is. */
const line = signal<Line | undefined>(undefined);
effect(() => {
  const name = tool.value;
  const counts = stored();
  const times = Number(counts[name] ?? 0);
  line.value = times < TIMES ? LINES[name] : undefined;
  if (line.peek()) write(KEY, { ...counts, [name]: times + 1 });
});

export function ToolHint() {
  if (!line.value) return null;
  return (
    <p class="tool-hint">
      {line.value.map(({ keys, does }) => <span key={keys}><kbd>{shortcutText(keys)}</kbd> {does}</span>)}
    </p>
  );
}
