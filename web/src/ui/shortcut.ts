/**
 * How a shortcut is written on this kind of computer.
 * Owns the spelling only; the engine owns the key map.
 */
import { isMac } from '../keys';

const MAC: Readonly<Record<string, string>> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥', Delete: '⌫' };

/** The keys of `Ctrl+Shift+Z` as people here call them. */
export function shortcutKeys(shortcut: string): string[] {
  // A plus at the end is the key itself.
  const keys = shortcut.replace(/\+\+$/, '+Plus').split('+');
  return keys.map((key) => (key === 'Plus' ? '+' : (isMac ? MAC[key] : undefined) ?? key));
}

/** The same in one string. */
export function shortcutText(shortcut: string): string {
  return shortcutKeys(shortcut).join(isMac ? '' : '+');
}
