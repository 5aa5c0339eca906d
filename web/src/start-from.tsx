/**
 * What a board can be made of: six templates with their pictures, and a file.
 * Owns the dialog; how a board is made of one is `new-board.ts`.
 */
import { FileUp, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { dark } from './appearance';
import { pickForeign } from './foreign-pick';
import { openAsBoard, openTemplate } from './new-board';
import './start-from.css';
import { IconButton } from './ui/button';
import { Icon } from './ui/icon';
import { start } from './words-start';

/** The files of the templates by their names, as `templates` writes them. */
const files = import.meta.glob<string>('./templates/*.{drawbridge,webp}', { query: '?url', import: 'default', eager: true });

const NAMES = Object.keys(start.templates) as (keyof typeof start.templates)[];

function addressOf(file: string): string {
  return files[`./templates/${file}`] ?? '';
}

export function StartFrom({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const theme = dark.value ? 'dark' : 'light';
  const go = (work: () => Promise<void>) => {
    dialog.current?.close();
    void work();
  };
  return (
    <dialog
      ref={dialog}
      class="dialog start-from"
      aria-labelledby="start-from-title"
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <header class="start-from-head">
        <h2 id="start-from-title">{start.from.title}</h2>
        <IconButton icon={X} label={start.from.close} onClick={() => dialog.current?.close()} />
      </header>
      <ul class="starters">
        {NAMES.map((name) => {
          const { title, about } = start.templates[name];
          return (
            <li key={name}>
              <button type="button" class="starter" onClick={() => go(() => openTemplate(addressOf(`${name}.drawbridge`), title))}>
                <img class="starter-picture" src={addressOf(`${name}-${theme}.webp`)} alt="" />
                <span class="starter-title">{title}</span>
                <span class="starter-about">{about}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <footer class="start-from-file">
        <button
          type="button"
          class="button worded outlined"
          onClick={() => pickForeign((file) => go(() => openAsBoard(file)))}
        >
          <Icon node={FileUp} size={20} />{start.from.file}
        </button>
        <span>{start.from.kinds}</span>
      </footer>
    </dialog>
  );
}
