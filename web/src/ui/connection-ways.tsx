/**
 * What one can do when one's changes do not get through.
 * Owns when there is anything; connecting and the file are others'.
 */
import { useState } from 'preact/hooks';
import { connection, sync } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';

export interface Ways {
  /** Connects at once. */
  retry: () => void;
  download: () => Promise<void>;
}

export function ConnectionWays({ retry, download }: Ways) {
  const [trouble, setTrouble] = useState('');
  const state = connection.value;
  const stuck = state !== 'saved' && state !== 'saving';
  return (
    <>
      {trouble && <p>{trouble}</p>}
      <div class="connection-ways">
        {(state === 'offline' || state === 'connecting') && (
          <button type="button" class="button worded primary" onClick={retry}>{later.connection.retry}</button>
        )}
        {stuck && sync.value.waiting > 0 && (
          <button
            type="button"
            class="button worded outlined"
            onClick={() => void download().catch((error: unknown) => setTrouble(String(error)))}
          >
            {words.failure.download}
          </button>
        )}
      </div>
    </>
  );
}
