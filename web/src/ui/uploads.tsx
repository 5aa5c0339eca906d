/**
 * Pictures on their way to the server, and what became of one that it did not take.
 * Owns when there is something to say; what waits is `uploads.ts`'s.
 */
import { retryUploads } from '../board-files';
import { connection, uploads } from '../ui-state';
import { later } from '../words-later';
import './uploads.css';

export function UploadsView() {
  const { waiting, fraction, failed, coming } = uploads.value;
  const all = waiting + coming;
  if (all === 0 && !failed) return null;
  const say = later.files;
  const away = connection.value === 'offline' || connection.value === 'connecting';
  const moving = waiting > 0 ? say.sending(waiting) : say.coming(coming);
  const text = all === 0 ? say.failed(failed ?? '') : away ? say.waiting(all) : moving;
  return (
    <div class="island uploads" role="status">
      <span>{text}</span>
      {waiting > 0 && !away && <progress value={fraction} aria-label={text} />}
      {all === 0 && <button type="button" class="button worded outlined" onClick={() => retryUploads()}>{say.retry}</button>}
    </div>
  );
}
