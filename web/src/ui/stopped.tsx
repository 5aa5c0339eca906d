/**
 * What is shown when the server ended the connection for good: why, and the ways out.
 * Owns when it shows; drawing goes on below it.
 */
import { useEffect, useState } from 'preact/hooks';
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

/** A deleted board is asked after so often, ms, while somebody looks at it. */
const ASKED_AFTER = 20_000;

/** Whether a board that was deleted is there again: its page says so. */
function useRestored(deleted: boolean): boolean {
  const [restored, setRestored] = useState(false);
  useEffect(() => {
    if (!deleted || restored) return;
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      const answer = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
      if (answer?.ok) setRestored(true);
    };
    const timer = setInterval(() => void ask(), ASKED_AFTER);
    // Who was told that it is back comes to look.
    addEventListener('focus', ask);
    return () => (clearInterval(timer), removeEventListener('focus', ask));
  }, [deleted, restored]);
  return restored;
}

export function Stopped({ download, copy, reload }: Props) {
  const deleted = link.value.phase === 'stopped' && link.value.gone;
  const restored = useRestored(deleted);
  if (link.value.phase !== 'stopped') return null;
  const gone = deleted && !restored;
  const title = restored ? words.stopped.restored : words.stopped.title;
  return (
    <div class="stopped" role="alert">
      <p><strong>{gone ? words.stopped.deleted : title}</strong> {!restored && link.value.reason}</p>
      <div class="stopped-actions">
        {gone && <DownloadChanges download={copy} label={words.stopped.copy} />}
        {!gone && sync.value.waiting > 0 && <DownloadChanges download={download} />}
        {!gone && <button type="button" class="button worded primary" onClick={reload}>{words.stopped.reload}</button>}
        <a class="button worded outlined" href="/" target={embedding && '_blank'}>{words.failure.boards}</a>
      </div>
    </div>
  );
}
