/**
 * The keyboard help. Owns its words; the key map itself is the engine's.
 */
import { X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { helpOpen } from '../ui-state';
import { IconButton } from './button';
import { shortcutKeys } from './shortcut';
import { TOOLS } from './toolbar';
import './help.css';

type Line = readonly [label: string, ...shortcuts: string[]];

const GROUPS: readonly { title: string; lines: readonly Line[] }[] = [
  { title: 'Tools', lines: TOOLS.map(({ label, key }): Line => [label, key]) },
  {
    title: 'Drawing',
    lines: [
      ['Equal sides, steps of 15°', 'Shift+drag'],
      ['From the centre', 'Alt+drag'],
      ['Back to Select', 'Escape'],
      ['Finish a text', 'Escape', 'Ctrl+Enter'],
    ],
  },
  {
    title: 'Edit',
    lines: [
      ['Undo', 'Ctrl+Z'],
      ['Redo', 'Ctrl+Shift+Z', 'Ctrl+Y'],
      ['Select all', 'Ctrl+A'],
      ['Add to the selection', 'Shift+click'],
      ['Copy, cut, paste', 'Ctrl+C', 'Ctrl+X', 'Ctrl+V'],
      ['Duplicate', 'Ctrl+D'],
      ['Delete', 'Delete'],
      ['Nudge, further', '←↑↓→', 'Shift+←↑↓→'],
      ['Forward, to front', 'Ctrl+]', 'Ctrl+Shift+]'],
      ['Backward, to back', 'Ctrl+[', 'Ctrl+Shift+['],
    ],
  },
  {
    title: 'View',
    lines: [
      ['Move around', 'Space+drag', 'wheel'],
      ['Zoom', 'Ctrl+wheel'],
      ['Zoom in, out', 'Ctrl++', 'Ctrl+-'],
      ['100%', 'Ctrl+0'],
      ['Zoom to fit', 'Shift+1'],
      ['Zoom to selection', 'Shift+2'],
      ['Light or dark', 'Alt+Shift+D'],
      ['This help', '?'],
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
            <h2 id="help-title">Keyboard shortcuts</h2>
            <IconButton icon={X} label="Close" onClick={() => dialog.current?.close()} />
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
