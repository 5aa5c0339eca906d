/**
 * The board itself: its canvases, and the field in which texts are typed.
 * Owns what lies on what; what is painted there is the engine's.
 */
import type { ComponentChildren } from 'preact';
import type { Act } from './actions';
import { dots } from './grid';
import { type TextInput, TextFieldView } from './text-field';
import * as state from './ui-state';
import { Loading } from './ui/loading';
import { words } from './words';

interface Props {
  text: (input: TextInput) => void;
  act: Act;
  leave: () => void;
  /** What stands on it while it is empty. */
  children?: ComponentChildren;
}

export function Stage({ text, act, leave, children }: Props) {
  return (
    <main id="stage" inert={state.failure.value !== undefined} data-dots={dots.value}>
      <div id="board" tabIndex={0} role="application" aria-label={words.board.name} aria-description={words.board.keys} title={state.leads.value} style={{ cursor: state.cursor.value }}>
        <div class="scene" />
      </div>
      <TextFieldView send={text} act={act} leave={leave} />
      <canvas class="overlay" aria-hidden="true" />
      {children}
      <Loading />
    </main>
  );
}
