/**
 * What changes without a press on anything, said to those who cannot see it: the tool, the selection, who comes and goes.
 * Owns the polite live region; what a focused button says of itself is not said again.
 */
import { useSignalEffect, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { actionOf } from '../actions';
import { people, selected, tool } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';

/** Names of the others by their page load. */
const others = (): ReadonlyMap<string, string> =>
  new Map(people.value.filter((person) => !person.me).map(({ id, name }) => [id, name]));

export function Announcer() {
  const said = useSignal('');
  const last = useRef({ tool: tool.peek(), selected: selected.peek(), people: others() });
  useSignalEffect(() => {
    const now = { tool: tool.value, selected: selected.value, people: others() };
    const before = last.current;
    last.current = now;
    const parts = [];
    const byButton = document.activeElement?.closest('.toolbar');
    if (now.tool !== before.tool && !byButton) parts.push(words.actions[actionOf(now.tool).words]);
    if (now.selected !== before.selected) parts.push(later.announcer.selected(now.selected));
    const came = [...now.people].filter(([id]) => !before.people.has(id));
    const went = [...before.people].filter(([id]) => !now.people.has(id));
    for (const [, name] of came) parts.push(later.announcer.came(name));
    for (const [, name] of went) parts.push(later.announcer.went(name));
    if (parts.length > 0) said.value = parts.join('. ');
  });
  return <p class="hidden-text" role="status">{said.value}</p>;
}
