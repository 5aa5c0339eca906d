/** The way back when none of the board's content is in view. Owns when it shows. */
import { LocateFixed } from 'lucide';
import type { Act } from '../actions';
import { camera, empty } from '../ui-state';
import { later } from '../words-later';
import { Icon } from './icon';

export function BackToContent({ act }: { act: Act }) {
  if (camera.value.contentInView || empty.value) return null;
  return (
    <button
      type="button"
      class="button worded back-to-content"
      onClick={() => act('zoomToFit')}
    >
      <Icon node={LocateFixed} size={18} />
      {later.hints.back}
    </button>
  );
}
