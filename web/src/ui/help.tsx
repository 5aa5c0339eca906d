/**
 * The help: gestures and keys. Owns its form and the gestures; the actions and their keys are the table's.
 */
import { X } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Act, type Action, actionsOf } from '../actions';
import { phone } from '../media';
import { helpOpen } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';
import { ActionButton } from './action-button';
import { IconButton } from './button';
import './icons-later';
import { shortcutKeys } from './shortcut';
import './help.css';

/** A line: what it is, and each way to it. */
type Line = readonly [label: string, ...shortcuts: string[]];

const { gestures, help } = later;

/** The actions of some sections that have keys; those that go by the same words are one line. */
function linesOf(...sections: readonly Action['section'][]): Line[] {
  const lines = new Map<string, string[]>();
  for (const { words: key, keys } of actionsOf(...sections)) {
    const label = words.actions[key];
    if (keys.length > 0) lines.set(label, [...(lines.get(label) ?? []), ...keys]);
  }
  return [...lines].map(([label, keys]): Line => [label, ...(keys.length > MANY ? merged(keys) : keys)]);
}

/** So many ways to one thing are told apart by their last key alone. */
const MANY = 3;

/** Keys that are held with the same others, as one: `shift+arrowleft+arrowup`. */
function merged([first = '', ...rest]: readonly string[]): string[] {
  return [[first, ...rest.map((keys) => keys.split('+').at(-1))].join('+')];
}

interface Group {
  title: string;
  lines: readonly Line[];
}

/** What fingers do, of which no bar tells. */
const TOUCH: readonly Line[] = [
  [gestures.pan, gestures.twoFingers],
  [gestures.zoom, gestures.pinch],
  [gestures.editText, gestures.doubleTap],
];
/** There is a sheet where there is little room. */
const SHEET: Line = [gestures.wholeSheet, gestures.swipeUp];

/** In columns that are about as long. */
const COLUMNS: readonly (readonly Group[])[] = [
  [
    { title: help.tools, lines: linesOf('tools', 'more') },
    {
      title: help.drawing,
      lines: [
        [gestures.equalSides, `shift+${gestures.drag}`],
        [gestures.fromCentre, `alt+${gestures.drag}`],
        [gestures.addToSelection, `shift+${gestures.click}`],
        [gestures.touch, `alt+${gestures.drag}`],
        [gestures.dragCopies, `alt+${gestures.drag}`],
        [gestures.morePoints, gestures.click],
        [gestures.points, gestures.doubleClick],
        [gestures.crop, gestures.doubleClick],
        [gestures.dropPoint, `alt+${gestures.click}`],
        [gestures.noSnap, `mod+${gestures.drag}`],
      ],
    },
    { title: help.typing, lines: linesOf('text') },
  ],
  [
    { title: help.edit, lines: linesOf('edit') },
    { title: help.arrange, lines: linesOf('arrange', 'hold') },
  ],
  [
    {
      title: help.view,
      lines: [
        ...linesOf('view'),
        [gestures.pan, gestures.wheel],
        [gestures.zoom, `mod+${gestures.wheel}`],
        ...linesOf('page'),
      ],
    },
    { title: help.align, lines: linesOf('align') },
  ],
];

function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span class="help-keys">
      {shortcutKeys(shortcut).map((key) => <kbd key={key}>{key}</kbd>)}
    </span>
  );
}

function Section({ title, lines }: Group) {
  return (
    <section>
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
  );
}

/** The way here from the corner. */
export function HelpButton({ act }: { act: Act }) {
  return <div class="island end"><ActionButton id="help" act={act} /></div>;
}

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useLayoutEffect(() => {
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
            {navigator.maxTouchPoints > 0 && (
              <div class="help-touch">
                <Section title={help.touch} lines={phone.value ? [...TOUCH, SHEET] : TOUCH} />
              </div>
            )}
            {COLUMNS.map((groups, i) => (
              <div key={i} class="help-keyboard">
                {groups.map((group) => <Section key={group.title} {...group} />)}
              </div>
            ))}
          </div>
          <p class="help-foot"><a href="/licences.txt" target="_blank" rel="noreferrer">{help.licences}</a></p>
        </div>
      )}
    </dialog>
  );
}
