/**
 * The keyboard help. Owns what it lists; the key map itself is the engine's.
 */
import { X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { helpOpen } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';
import { IconButton } from './button';
import { shortcutKeys } from './shortcut';
import { TOOLS } from './toolbar';
import './help.css';

type Line = readonly [label: string, ...shortcuts: string[]];

const { actions } = words;
const { gestures, help } = later;

const GROUPS: readonly { title: string; lines: readonly Line[] }[] = [
  { title: help.tools, lines: TOOLS.map(({ name, key }): Line => [actions[name], key]) },
  {
    title: help.drawing,
    lines: [
      [gestures.equalSides, `Shift+${gestures.drag}`],
      [gestures.fromCentre, `Alt+${gestures.drag}`],
      [gestures.backToSelect, 'Escape'],
      [gestures.finishText, 'Escape', 'Ctrl+Enter'],
    ],
  },
  {
    title: help.edit,
    lines: [
      [actions.undo, 'Ctrl+Z'],
      [actions.redo, 'Ctrl+Shift+Z', 'Ctrl+Y'],
      [actions.selectAll, 'Ctrl+A'],
      [gestures.addToSelection, `Shift+${gestures.click}`],
      [gestures.clipboard, 'Ctrl+C', 'Ctrl+X', 'Ctrl+V'],
      [actions.duplicate, 'Ctrl+D'],
      [actions.delete, 'Delete'],
      [gestures.nudge, '←↑↓→', 'Shift+←↑↓→'],
      [gestures.forward, 'Ctrl+]', 'Ctrl+Shift+]'],
      [gestures.backward, 'Ctrl+[', 'Ctrl+Shift+['],
    ],
  },
  {
    title: help.view,
    lines: [
      [gestures.moveAround, `Space+${gestures.drag}`, gestures.wheel],
      [gestures.zoom, `Ctrl+${gestures.wheel}`],
      [gestures.zoomInOut, 'Ctrl++', 'Ctrl+-'],
      [gestures.fullSize, 'Ctrl+0'],
      [actions.zoomToFit, 'Shift+1'],
      [actions.zoomToSelection, 'Shift+2'],
      [gestures.appearance, 'Alt+Shift+D'],
      [gestures.help, '?'],
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
