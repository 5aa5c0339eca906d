/**
 * How a key of the table is written on this kind of computer.
 * Owns the spelling only; which keys there are is the table's.
 */
import { isMac } from '../keys';

const NAMES: Readonly<Record<string, string>> = {
  mod: 'Ctrl', ' ': 'Space', arrowleft: '←', arrowup: '↑', arrowdown: '↓', arrowright: '→',
};
const MAC: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥', delete: '⌫' };

/** The keys of `mod+shift+z` as people here call them. */
export function shortcutKeys(shortcut: string): string[] {
  // A plus at the end is the key itself.
  const keys = shortcut.replace(/\+\+$/, '+plus').split('+');
  return keys.map((key) => {
    if (key === 'plus') return '+';
    return (isMac ? MAC[key] : undefined) ?? NAMES[key] ?? key.charAt(0).toUpperCase() + key.slice(1);
  });
}

/** The same in one string. */
export function shortcutText(shortcut: string): string {
  return shortcutKeys(shortcut).join(isMac ? '' : '+');
}
