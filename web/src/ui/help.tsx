/**
 * The keyboard help. Owns its form and the gestures; the actions and their keys are the table's.
 */
import { X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { type Action, actionsOf } from '../actions';
import { helpOpen } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';
import { IconButton } from './button';
import { shortcutKeys } from './shortcut';
import './help.css';

/** A line: what it is, and each way to it. */
type Line = readonly [label: string, ...shortcuts: string[]];

const { gestures, help } = later;

/** The actions of some groups that have keys; those that go by the same words are one line. */
function linesOf(...groups: readonly Action['group'][]): Line[] {
  const lines = new Map<string, string[]>();
  for (const { words: key, keys } of actionsOf(...groups)) {
    const label = words.actions[key];
    if (keys.length > 0) lines.set(label, [...(lines.get(label) ?? []), ...keys]);
  }
  return [...lines].map(([label, keys]): Line => [label, ...keys]);
}

const GROUPS: readonly { title: string; lines: readonly Line[] }[] = [
  { title: help.tools, lines: linesOf('tools') },
  {
    title: help.drawing,
    lines: [
      [gestures.equalSides, `shift+${gestures.drag}`],
      [gestures.fromCentre, `alt+${gestures.drag}`],
      [gestures.addToSelection, `shift+${gestures.click}`],
      [gestures.dragCopies, `alt+${gestures.drag}`],
      ...linesOf('text'),
    ],
  },
  { title: help.edit, lines: linesOf('edit', 'arrange') },
  {
    title: help.view,
    lines: [
      ...linesOf('view'),
      [gestures.pan, gestures.wheel],
      [gestures.zoom, `mod+${gestures.wheel}`],
      ...linesOf('page'),
    ],
  },
];

function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span class="help-keys">
      {shortcutKeys(shortcut).map((key) => <kbd key={key}>{key}</kbd>)}
    </span>
  );
}

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class="dialog help"
      aria-labelledby="help-title"
      onClose={() => (helpOpen.value = false)}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      {open && (
        <div class="help-body">
          <header class="help-head">
            <h2 id="help-title">{later.help.title}</h2>
            <IconButton icon={X} label={later.help.close} onClick={() => dialog.current?.close()} />
          </header>
          <div class="help-groups">
            {GROUPS.map(({ title, lines }) => (
              <section key={title}>
                <h3>{title}</h3>
                <dl>
                  {lines.map(([label, ...shortcuts]) => (
                    <div key={label}>
                      <dt>{label}</dt>
                      <dd>{shortcuts.map((shortcut) => <Keys key={shortcut} shortcut={shortcut} />)}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </div>
      )}
    </dialog>
  );
}
