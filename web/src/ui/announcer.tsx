/**
 * What changes without a press on anything, said to those who cannot see it: the tool, the selection.
 * Owns the polite live region; what a focused button says of itself is not said again.
 */
import { useSignalEffect, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { actionOf } from '../actions';
import { selected, tool } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';

export function Announcer() {
  const said = useSignal('');
  const last = useRef({ tool: tool.peek(), selected: selected.peek() });
  useSignalEffect(() => {
    const now = { tool: tool.value, selected: selected.value };
    const before = last.current;
    last.current = now;
    const parts = [];
    const byButton = document.activeElement?.closest('.toolbar');
    if (now.tool !== before.tool && !byButton) parts.push(words.actions[actionOf(now.tool).words]);
    if (now.selected !== before.selected) parts.push(later.announcer.selected(now.selected));
    if (parts.length > 0) said.value = parts.join('. ');
  });
  return <p class="hidden-text" role="status">{said.value}</p>;
}
