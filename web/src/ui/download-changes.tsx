/** A button that saves what is unsaved in a file. Owns what is said when that fails. */
import { useState } from 'preact/hooks';
import { words } from '../words';

export function DownloadChanges({ download }: { download: () => Promise<void> }) {
  const [trouble, setTrouble] = useState('');
  return (
    <>
      <button
        type="button"
        class="button worded outlined"
        onClick={() => void download().catch((error: unknown) => setTrouble(String(error)))}
      >
        {words.failure.download}
      </button>
      {trouble && <p role="alert">{trouble}</p>}
    </>
  );
}
