/** Zoom out, the zoom itself (a click is 100 %), zoom in, fit. Owns no camera. */
import { type Act, actionOf } from '../actions';
import { camera } from '../ui-state';
import { words } from '../words';
import { ActionButton } from './action-button';
import { hint } from './button';

export function ZoomControl({ act }: { act: Act }) {
  const percent = `${Math.round(camera.value.zoom * 100)}%`;
  return (
    <div class="island zoom" role="group" aria-label={words.board.zoom}>
      <ActionButton id="zoomOut" act={act} />
      <button
        type="button"
        class="button zoom-value"
        aria-label={words.board.zoomNow(percent)}
        title={hint(words.actions.zoomReset, actionOf('zoomReset').keys[0])}
        onClick={() => act('zoomReset')}
      >
        {percent}
      </button>
      <ActionButton id="zoomIn" act={act} />
      <ActionButton id="zoomToFit" act={act} />
    </div>
  );
}
