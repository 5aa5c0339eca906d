/** A button that saves what this browser has in a file. Owns what is said when that fails. */
import { useState } from 'preact/hooks';
import { words } from '../words';

interface Props {
  download: () => Promise<void>;
  label?: string;
}

export function DownloadChanges({ download, label = words.failure.download }: Props) {
  const [trouble, setTrouble] = useState('');
  return (
    <>
      <button
        type="button"
        class="button worded outlined"
        onClick={() => void download().catch((error: unknown) => setTrouble(String(error)))}
      >
        {label}
      </button>
      {trouble && <p role="alert">{trouble}</p>}
    </>
  );
}
