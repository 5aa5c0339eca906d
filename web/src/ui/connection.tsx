/**
 * How far one's changes have got, in words that are true.
 * Owns the words; the facts come from the engine, the socket and the storage.
 */
import { CloudAlert, CloudCheck, CloudOff, LoaderCircle } from 'lucide';
import { connection, link, loading, storage, sync } from '../ui-state';
import { Icon, type IconNode } from './icon';
import './connection.css';

interface Words {
  icon: IconNode;
  /** Beside the icon. */
  text: string;
  /** The whole story. */
  story: string;
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

/** What is true now; `kept` is whether this browser keeps changes through a reload. */
function words(): Words {
  const { waiting, trouble } = sync.value;
  const kept = storage.value;
  const where = kept
    ? `${changes(waiting)} kept in this browser, to be sent when the connection is back.`
    : `${changes(waiting)} only in this tab: this browser lets nothing be stored. Keep it open.`;
  switch (connection.value) {
    case 'saved':
      return { icon: CloudCheck, text: 'Saved', story: 'Everything is saved on the server.' };
    case 'saving':
      return { icon: LoaderCircle, text: 'Saving…', story: `${changes(waiting)} on the way to the server.` };
    case 'unsaved':
      return {
        icon: CloudAlert,
        text: `Not saved · ${changes(waiting)}`,
        story: `The server cannot save just now: ${trouble}. It keeps trying. ${
          kept ? 'Your changes are kept in this browser too.' : 'Keep this tab open.'}`,
      };
    case 'stopped': {
      const reason = link.value.phase === 'stopped' ? link.value.reason : '';
      return {
        icon: CloudAlert,
        text: waiting > 0 ? `Not syncing · ${changes(waiting)}` : 'Not syncing',
        story: waiting > 0 ? `${reason} ${where}` : reason,
      };
    }
    case 'connecting':
      if (waiting === 0) return { icon: LoaderCircle, text: 'Connecting…', story: 'Connecting to the server.' };
      return { icon: LoaderCircle, text: `Connecting · ${changes(waiting)} waiting`, story: where };
    case 'offline':
      if (waiting > 0) return { icon: CloudOff, text: `Offline · ${changes(waiting)} waiting`, story: where };
      return {
        icon: CloudOff,
        text: 'Offline',
        story: kept
          ? 'No connection. What you draw is kept in this browser and sent later.'
          : 'No connection, and this browser lets nothing be stored: keep this tab open.',
      };
  }
}

export function Connection() {
  const { icon, text, story } = words();
  const state = connection.value;
  return (
    <div
      class="connection"
      role="status"
      aria-label="Connection"
      data-state={state}
      data-waiting={sync.value.waiting}
      data-loaded={loading.value === undefined}
      title={story}
      tabIndex={0}
    >
      <Icon node={icon} size={18} />
      <span class="connection-text">{text}</span>
      <span class="hidden-text">{story}</span>
    </div>
  );
}
