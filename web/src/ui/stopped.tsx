/**
 * What is shown when the server ended the connection for good: why, and the ways out.
 * Owns when it shows; drawing goes on below it.
 */
import { useState } from 'preact/hooks';
import { link, sync } from '../ui-state';
import { words } from '../words';

interface Props {
  download: () => Promise<void>;
  /** Loads the page again, the newest there is. */
  reload: () => void;
}

export function Stopped({ download, reload }: Props) {
  const [trouble, setTrouble] = useState('');
  if (link.value.phase !== 'stopped') return null;
  return (
    <div class="stopped" role="alert">
      <p><strong>{words.stopped.title}</strong> {link.value.reason}</p>
      {trouble && <p>{trouble}</p>}
      <div class="stopped-actions">
        {sync.value.waiting > 0 && (
          <button
            type="button"
            class="button worded outlined"
            onClick={() => void download().catch((error: unknown) => setTrouble(String(error)))}
          >
            {words.failure.download}
          </button>
        )}
        <button type="button" class="button worded primary" onClick={reload}>{words.stopped.reload}</button>
        <a class="button worded outlined" href="/">{words.failure.boards}</a>
      </div>
    </div>
  );
}
