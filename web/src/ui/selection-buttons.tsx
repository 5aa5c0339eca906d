/**
 * Duplicate and Delete beside undo, where the style panel is folded away with its own.
 * Owns no action; the style sheet says where they are wanted.
 */
import type { Act } from '../actions';
import { selected } from '../ui-state';
import { later } from '../words-later';
import { ActionButton } from './action-button';
import './icons-later';
import './selection-buttons.css';

export function SelectionButtons({ act }: { act: Act }) {
  if (selected.value === 0) return null;
  return (
    <div class="island of-selection" role="group" aria-label={later.style.selection}>
      <ActionButton id="duplicate" act={act} />
      <ActionButton id="delete" act={act} />
    </div>
  );
}
