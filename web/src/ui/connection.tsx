/**
 * How far one's changes have got, in words that are true, and what one can do when it is not far.
 * Owns which words are true; the facts come from the engine, the socket and the storage.
 */
import { CloudAlert, CloudCheck, CloudOff, LoaderCircle } from 'lucide';
import { useState } from 'preact/hooks';
import { connection, link, loading, opensOffline, storage, sync } from '../ui-state';
import { words } from '../words';
import { Icon, type IconNode } from './icon';
import './connection.css';

interface Told {
  icon: IconNode;
  /** Beside the icon. */
  text: string;
  /** The whole story. */
  story: string;
}

/** What is true now; `kept` is whether this browser keeps changes through a reload. */
function told(): Told {
  const { waiting, trouble } = sync.value;
  const kept = storage.value;
  const say = words.connection;
  switch (connection.value) {
    case 'saved':
      return { icon: CloudCheck, text: say.saved, story: say.savedStory };
    case 'saving':
      return { icon: LoaderCircle, text: say.saving, story: say.savingStory(waiting) };
    case 'unsaved':
      return { icon: CloudAlert, text: say.unsaved(waiting), story: say.unsavedStory(trouble, kept) };
    case 'stopped': {
      const reason = link.value.phase === 'stopped' ? link.value.reason : '';
      if (waiting === 0) return { icon: CloudAlert, text: say.stopped, story: reason };
      return { icon: CloudAlert, text: say.stoppedWaiting(waiting), story: `${reason} ${say.waitingStory(waiting, kept)}` };
    }
    case 'connecting':
      if (waiting === 0) return { icon: LoaderCircle, text: say.connecting, story: say.connectingStory };
      return { icon: LoaderCircle, text: say.connectingWaiting(waiting), story: say.waitingStory(waiting, kept) };
    case 'offline': {
      const story = waiting === 0 ? say.offlineStory(kept) : say.waitingStory(waiting, kept);
      return {
        icon: CloudOff,
        text: waiting === 0 ? say.offline : say.offlineWaiting(waiting),
        // Whoever keeps the tab open anyhow need not hear what happens otherwise.
        story: kept && !opensOffline.value ? `${story} ${say.needsNetwork}` : story,
      };
    }
  }
}

interface Ways {
  /** Connects at once. */
  retry: () => void;
  download: () => Promise<void>;
}

/** The story at length, and what one can do about it. */
function Card({ retry, download, story }: Ways & { story: string }) {
  const [trouble, setTrouble] = useState('');
  const state = connection.value;
  const stuck = state !== 'saved' && state !== 'saving';
  return (
    <>
      <p>{story}</p>
      {trouble && <p>{trouble}</p>}
      <div class="connection-ways">
        {(state === 'offline' || state === 'connecting') && (
          <button type="button" class="button worded primary" onClick={retry}>{words.connection.retry}</button>
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

export function Connection(ways: Ways) {
  const { icon, text, story } = told();
  const state = connection.value;
  return (
    <>
      <div
        class="connection"
        role="status"
        aria-label={words.connection.label}
        data-state={state}
        data-waiting={sync.value.waiting}
        data-loaded={loading.value === undefined}
      >
        <button type="button" class="button connection-button" popovertarget="connection-popover" title={story}>
          <Icon node={icon} size={18} />
          <span class="connection-text">{text}</span>
          <span class="hidden-text"> {story}</span>
        </button>
      </div>
      <div id="connection-popover" class="popover connection-popover" popover="auto" role="group" aria-label={words.connection.label}>
        <Card {...ways} story={story} />
      </div>
    </>
  );
}
