/**
 * What is shown when the server ended the connection for good: why, and the ways out.
 * Owns when it shows; drawing goes on below it.
 */
import { embedding } from '../embedding';
import { link, sync } from '../ui-state';
import { words } from '../words';
import { DownloadChanges } from './download-changes';

interface Props {
  download: () => Promise<void>;
  /** Gives all of the board as a file. */
  copy: () => Promise<void>;
  /** Loads the page again, the newest there is. */
  reload: () => void;
}

export function Stopped({ download, copy, reload }: Props) {
  if (link.value.phase !== 'stopped') return null;
  const { gone } = link.value;
  return (
    <div class="stopped" role="alert">
      <p><strong>{gone ? words.stopped.deleted : words.stopped.title}</strong> {link.value.reason}</p>
      <div class="stopped-actions">
        {gone && <DownloadChanges download={copy} label={words.stopped.copy} />}
        {!gone && sync.value.waiting > 0 && <DownloadChanges download={download} />}
        {!gone && <button type="button" class="button worded primary" onClick={reload}>{words.stopped.reload}</button>}
        <a class="button worded outlined" href="/" target={embedding && '_blank'}>{words.failure.boards}</a>
      </div>
    </div>
  );
}
