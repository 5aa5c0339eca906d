/**
 * One line at the foot that says what keys do with the tool in hand, or in the text that is typed, the
 * first times. Owns how often, and where that is kept; which tools have such keys stands with their words.
 */
import { computed, effect, signal } from '@preact/signals';
import type { ToolName } from '../engine/wasm_client.js';
import { read, write } from '../local';
import { crops, editText, tool } from '../ui-state';
import { later } from '../words-later';
import { shortcutText } from './shortcut';
import './tool-hint.css';

/** A person who has read it so often knows it. */
const TIMES = 3;
const KEY = 'drawbridge.tool-hints';

/** Several `keys` that do the same have blanks between them. */
type Line = readonly { keys: string; does: string }[];

/** What is in hand: in an open text keys mean letters, whatever the tool, and in a picture its sides. */
type Subject = ToolName | 'typing' | 'typingNote' | 'cropping';

const LINES: Readonly<Partial<Record<Subject, Line>>> = later.toolHints;

function stored(): Record<string, unknown> {
  const kept = read(KEY);
  return typeof kept === 'object' && kept !== null ? { ...kept } : {};
}

const subject = computed<Subject>(() => {
  const field = editText.value;
  if (!field || field.oneLine) return crops.value ? 'cropping' : tool.value;
  return field.leadsOn ? 'typingNote' : 'typing';
});

/** The line of what is in hand; it stays as long as that is. */
const line = signal<Line | undefined>(undefined);
effect(() => {
  const name = subject.value;
  const counts = stored();
  const times = Number(counts[name] ?? 0);
  line.value = times < TIMES ? LINES[name] : undefined;
  if (line.peek()) write(KEY, { ...counts, [name]: times + 1 });
});

export function ToolHint() {
  if (!line.value) return null;
  return (
    <p class="tool-hint">
      {line.value.map(({ keys, does }) => (
        <span key={keys}>{keys.split(' ').map((one) => [<kbd key={one}>{shortcutText(one)}</kbd>, ' '])}{does}</span>
      ))}
    </p>
  );
}
