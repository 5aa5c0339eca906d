/**
 * What one can do when one's changes do not get through.
 * Owns when there is anything; connecting and the file are others'.
 */
import { connection, sync, uploads } from '../ui-state';
import { later } from '../words-later';
import { DownloadChanges } from './download-changes';

export interface Ways {
  /** Connects at once. */
  retry: () => void;
  download: () => Promise<void>;
}

export function ConnectionWays({ retry, download }: Ways) {
  const state = connection.value;
  const stuck = state !== 'saved' && state !== 'saving';
  const lacks = uploads.value.waiting > 0 || uploads.value.failed !== undefined;
  return (
    <div class="connection-ways">
      {(state === 'offline' || state === 'connecting') && (
        <button type="button" class="button worded primary" onClick={retry}>{later.connection.retry}</button>
      )}
      {(lacks || (stuck && sync.value.waiting > 0)) && <DownloadChanges download={download} />}
    </div>
  );
}
