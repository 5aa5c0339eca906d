/**
 * What is to be said of the picture that is chosen: that it is too large, and what is not in it.
 * Owns the sentences' order, and the way out of too large a picture.
 */
import { Info, TriangleAlert } from 'lucide';
import type { Painted } from '../file-work';
import { largestScale, pixels } from '../picture-canvas';
import type { Choice } from '../picture-choice';
import type { Made } from '../picture-making';
import { exporting as say } from '../words-export';
import { Icon } from './icon';

interface Props {
  choice: Choice;
  choose: (change: Partial<Choice>) => void;
  painted: Painted | undefined;
  tooLarge: boolean;
  /** Why there is no file. */
  refused: string;
  /** The file that is chosen, once it is known. */
  made: Made | undefined;
}

function TooLarge({ choice, choose, painted }: Pick<Props, 'choice' | 'choose'> & { painted: Painted }) {
  const smaller = largestScale(painted, choice.scale);
  return (
    <div class="export-note export-wrong">
      <Icon node={TriangleAlert} size={18} />
      <span>{say.tooLarge(...pixels(painted, choice.scale))}</span>
      {smaller !== undefined && (
        <button type="button" class="button outlined" onClick={() => choose({ scale: smaller })}>{say.smaller(smaller)}</button>
      )}
    </div>
  );
}

export function ExportNotes({ choice, choose, painted, tooLarge, refused, made }: Props) {
  const notes = made
    ? [
        made.missing && say.missing(made.missing),
        made.lacking > 0 && say.lacking(made.lacking),
        made.away && say.notHere,
        made.losses.length > 0 && say.losses(made.losses),
      ].filter(Boolean)
    : [];
  return (
    <div class="export-notes" role="status">
      {tooLarge && painted && <TooLarge {...{ choice, choose, painted }} />}
      {refused && <p class="export-note export-wrong"><Icon node={TriangleAlert} size={18} /><span>{refused}</span></p>}
      {notes.map((note) => <p key={note} class="export-note"><Icon node={Info} size={18} /><span>{note}</span></p>)}
    </div>
  );
}
