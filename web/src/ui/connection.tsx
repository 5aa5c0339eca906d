/**
 * How far one's changes have got, in words that are true, and what one can do when it is not far.
 * Owns which words are true; the facts come from the engine, the socket and the storage.
 */
import { CloudAlert, CloudCheck, CloudOff, LoaderCircle } from 'lucide';
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { connection, link, loading, onceSaved, opensOffline, storage, sync, uploads } from '../ui-state';
import { words } from '../words';
import type { Ways } from './connection-ways';
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
      // Pictures go a way of their own.
      if (uploads.value.failed) return { icon: CloudAlert, text: say.lacks, story: say.lacksStory(kept) };
      if (uploads.value.waiting + uploads.value.coming > 0) return { icon: LoaderCircle, text: say.saving, story: say.lacksStory(kept) };
      return { icon: CloudCheck, text: say.saved, story: say.savedStory };
    case 'saving':
      return { icon: LoaderCircle, text: say.saving, story: say.savingStory(waiting) };
    case 'unsaved':
      return { icon: CloudAlert, text: say.unsaved(waiting), story: say.unsavedStory(trouble, kept) };
    case 'stopped': {
      const { reason, gone } = link.value.phase === 'stopped' ? link.value : { reason: '', gone: false };
      // To a board that was deleted nothing will be sent.
      if (waiting === 0 || gone) return { icon: CloudAlert, text: say.stopped, story: reason };
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

const ways = signal<ComponentType<Ways> | undefined>(undefined);
/** They come after "Saved", or when the card is opened before that. */
const fetchWays = (): void =>
  void import('./connection-ways').then(({ ConnectionWays }) => (ways.value = ConnectionWays), () => undefined);
onceSaved(fetchWays);

export function Connection(does: Ways) {
  const Ways = ways.value;
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
      <div id="connection-popover" class="popover connection-popover" popover="auto" role="group" aria-label={words.connection.label} onToggle={fetchWays}>
        <p>{story}</p>
        {Ways && <Ways {...does} />}
      </div>
    </>
  );
}
