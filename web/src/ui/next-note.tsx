/**
 * The way on from the note that is being typed, for fingers, which have no Tab.
 * Owns where it stands: beside the note, and in the window however large that is.
 */
import { Plus } from 'lucide';
import type { Act } from '../actions';
import { touch } from '../media';
import { editText } from '../ui-state';
import { later } from '../words-later';
import { IconButton } from './button';
import './next-note.css';

/** Its side, and how far it stands off the note and the edges of the window, CSS pixels. */
const SIDE = 44;
const OFF = 8;

export function NextNote({ act }: { act: Act }) {
  const at = editText.value?.leadsOn;
  if (!at || !touch.value) return null;
  // A keyboard on the screen hides what lies below.
  const { width, height } = visualViewport ?? { width: innerWidth, height: innerHeight };
  const within = (place: number, room: number) => Math.max(OFF, Math.min(place, room - SIDE - OFF));
  const left = within(at[0] + OFF, width);
  const top = within(at[1] - SIDE / 2, height);
  return (
    <IconButton
      class="next-note"
      icon={Plus}
      label={later.notes.next}
      style={{ left: `${left}px`, top: `${top}px` }}
      onClick={() => act('indent')}
    />
  );
}
