/**
 * What the board is called, typed in place.
 * Owns what is being typed; when that is written, and how it is taken back, is the engine's.
 */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { takeKeyboard } from '../keys';
import { TITLE_LIMIT, boardName } from '../recents';
import { cover, loading } from '../ui-state';
import { words } from '../words';
import './title.css';

/** Takes a title, or undefined for the one before; `done` ends the typing. */
export type Rename = (title: string | undefined, done: boolean) => void;

export function Title({ board, rename }: { board: string; rename: Rename }) {
  const typed = useSignal<string | undefined>(undefined);
  const shown = typed.value ?? cover.value.title;
  const otherwise = boardName(board, { ...cover.value, title: '' });
  const write = () => {
    if (typed.value !== undefined) rename(typed.value, true);
  };
  useEffect(() => {
    // A page that is hidden may never come back.
    const hidden = () => document.hidden && write();
    document.addEventListener('visibilitychange', hidden);
    return () => document.removeEventListener('visibilitychange', hidden);
  }, []);
  return (
    <label class="title" data-text={shown || otherwise}>
      <input
        class="title-field"
        aria-label={words.board.title}
        title={shown || otherwise}
        value={shown}
        placeholder={otherwise}
        maxLength={TITLE_LIMIT}
        size={1}
        // Nothing that is typed before there is a board would be kept.
        readOnly={loading.value !== undefined}
        autocomplete="off"
        enterkeyhint="done"
        spellcheck={false}
        onInput={({ currentTarget: { value } }) => {
          typed.value = value;
          rename(value, false);
        }}
        onBlur={() => {
          write();
          typed.value = undefined;
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter') takeKeyboard(true);
          if (event.key === 'Escape' && typed.value !== undefined) {
            typed.value = undefined;
            rename(undefined, true);
          }
        }}
      />
    </label>
  );
}
