/** Undo and redo of one's own work. Owns no history. */
import type { Act } from '../actions';
import { words } from '../words';
import { ActionButton } from './action-button';

export function HistoryButtons({ act }: { act: Act }) {
  return (
    <div class="island history" role="group" aria-label={words.board.history}>
      <ActionButton id="undo" act={act} />
      <ActionButton id="redo" act={act} />
    </div>
  );
}
