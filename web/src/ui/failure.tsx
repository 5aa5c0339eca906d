/**
 * Why the board cannot be shown, and the way out.
 * Owns the words for every kind of failure; never a blank page.
 */
import { CloudOff, TriangleAlert, Unplug } from 'lucide';
import { useState } from 'preact/hooks';
import { storage, type FailureReason } from '../ui-state';
import { Icon, type IconNode } from './icon';
import './failure.css';

interface Words {
  icon: IconNode;
  title: string;
  text: string;
  /** Whether trying again could help. */
  retry: boolean;
}

function words(failure: FailureReason): Words {
  switch (failure.kind) {
    case 'trap':
      return {
        icon: TriangleAlert,
        title: 'The drawing engine stopped',
        text: storage.value
          ? 'It failed twice in a short time, so it was stopped before it could do harm. Your changes are kept in this browser. Download them to be safe, or set them aside and open the board as the server has it.'
          : 'It failed twice in a short time, so it was stopped before it could do harm. This browser lets nothing be stored: what the server has not saved yet is lost.',
        retry: false,
      };
    case 'engine':
      return {
        icon: TriangleAlert,
        title: 'The drawing engine did not start',
        text: 'Drawbridge needs WebAssembly and a recent browser. If yours has them, the engine may not have arrived: try again.',
        retry: true,
      };
    case 'unreachable':
      return {
        icon: CloudOff,
        title: 'This board is out of reach',
        text: 'The server does not answer, and this browser has no copy of the board yet.',
        retry: true,
      };
    case 'refused':
      return { icon: Unplug, title: 'This board cannot be opened', text: failure.detail, retry: false };
    case 'damaged':
      return {
        icon: TriangleAlert,
        title: 'This board cannot be read',
        text: 'What the server sent is damaged. Nothing was changed on the server or in this browser.',
        retry: true,
      };
    case 'script':
      return {
        icon: TriangleAlert,
        title: 'Something went wrong',
        text: 'The page could not start. Trying again often helps.',
        retry: true,
      };
  }
}

function Trapped({ download, setAside }: { download: () => Promise<void>; setAside: () => Promise<void> }) {
  const [trouble, setTrouble] = useState('');
  const attempt = (work: () => Promise<void>) => () => {
    work().catch((error: unknown) => setTrouble(String(error)));
  };
  return (
    <>
      <button type="button" class="button worded primary" onClick={attempt(download)}>Download my changes</button>
      <button type="button" class="button worded outlined" onClick={attempt(setAside)}>Open the server’s copy</button>
      {trouble && <p class="failure-detail" role="alert">{trouble}</p>}
    </>
  );
}

export function Failure({ failure }: { failure: FailureReason }) {
  const { icon, title, text, retry } = words(failure);
  return (
    <div class="failure" role="alert">
      <div class="failure-card">
        <span class="failure-icon"><Icon node={icon} size={28} /></span>
        <h1>{title}</h1>
        <p>{text}</p>
        <div class="failure-actions">
          {failure.kind === 'trap' && <Trapped {...failure} />}
          {retry && (
            <button type="button" class="button worded primary" onClick={() => location.reload()}>Try again</button>
          )}
          <a class="button worded outlined" href="/">Your boards</a>
        </div>
        {'detail' in failure && failure.kind !== 'refused' && <p class="failure-detail">{failure.detail}</p>}
      </div>
    </div>
  );
}
