/**
 * A board that is part of another page: itself, and the few things that one needs beside it.
 * Owns which those are; what they do is theirs.
 */
import { ExternalLink } from 'lucide';
import type { Actions } from './board-view';
import { embedding } from './embedding';
import { Stage } from './stage';
import * as state from './ui-state';
import { keepFocus } from './ui/button';
import { Connection } from './ui/connection';
import { Failure } from './ui/failure';
import { HistoryButtons } from './ui/history-buttons';
import { Icon } from './ui/icon';
import { later } from './ui/later';
import { Stopped } from './ui/stopped';
import { Toasts } from './ui/toasts';
import { Toolbar } from './ui/toolbar';
import { ZoomControl } from './ui/zoom-control';
import { words } from './words';

const Announcer = later(async () => (await import('./ui/announcer')).Announcer);
const MoreTools = later(async () => (await import('./ui/more-tools')).MoreTools);
const StylePanel = later(async () => (await import('./ui/style-panel')).StylePanel);

export function EmbeddedView({ board, act, restyle, onBoard, put, text, leave, download, copy, retry, reload }: Actions) {
  const broken = state.failure.value !== undefined;
  const draws = !embedding?.views;
  return (
    <>
      <Stage {...{ text, act, leave }} />
      <section class="chrome" aria-label={words.board.controls} inert={broken} onMouseDown={keepFocus}>
        {draws && <Toolbar act={act} />}
        {draws && <StylePanel act={act} restyle={restyle} onBoard={onBoard} put={put} />}
        <div class="bottom">
          <div class="foot">
            <ZoomControl act={act} />
            {draws && <HistoryButtons act={act} />}
          </div>
          <div class="middle">
            <Toasts />
            <Stopped {...{ download, copy, reload }} />
          </div>
          <div class="island ways-out">
            {draws && <Connection retry={retry} download={download} />}
            <a class="button" href={`/b/${encodeURIComponent(board)}`} target="_blank" rel="noopener" aria-label={words.board.openWhole} title={words.board.openWhole}>
              <Icon node={ExternalLink} />
            </a>
          </div>
        </div>
        <Announcer />
      </section>
      {draws && <MoreTools act={act} />}
      {state.failure.value && <Failure failure={state.failure.value} />}
    </>
  );
}
