/**
 * Why the board cannot be shown, and the way out.
 * Owns which words and ways out each kind of failure has; never a blank page.
 */
import { CloudOff, Link2Off, TriangleAlert, Unplug } from 'lucide';
import { useState } from 'preact/hooks';
import { embedding } from '../embedding';
import { storage, type FailureReason } from '../ui-state';
import { words } from '../words';
import { Icon, type IconNode } from './icon';
import './failure.css';

interface Told {
  icon: IconNode;
  title: string;
  text: string;
  /** Whether trying again could help. */
  retry: boolean;
}

function told(failure: FailureReason): Told {
  const say = words.failure;
  switch (failure.kind) {
    case 'trap': return { icon: TriangleAlert, title: say.trapTitle, text: say.trap(storage.value), retry: false };
    case 'engine': return { icon: TriangleAlert, title: say.engineTitle, text: say.engine, retry: true };
    case 'unable': return { icon: TriangleAlert, title: say.unableTitle, text: say.unable, retry: false };
    case 'unreachable': return { icon: CloudOff, title: say.unreachableTitle, text: say.unreachable, retry: true };
    case 'absent': return { icon: Link2Off, title: say.absentTitle, text: say.absent, retry: false };
    case 'refused': return { icon: Unplug, title: say.refusedTitle, text: failure.detail, retry: false };
    case 'damaged': return { icon: TriangleAlert, title: say.damagedTitle, text: say.damaged, retry: true };
    case 'script': return { icon: TriangleAlert, title: say.scriptTitle, text: say.script, retry: true };
  }
}

function Trapped({ download, setAside }: { download: () => Promise<void>; setAside: () => Promise<void> }) {
  const [trouble, setTrouble] = useState('');
  const attempt = (work: () => Promise<void>) => () => {
    work().catch((error: unknown) => setTrouble(String(error)));
  };
  return (
    <>
      <button type="button" class="button worded primary" onClick={attempt(download)}>{words.failure.download}</button>
      <button type="button" class="button worded outlined" onClick={attempt(setAside)}>{words.failure.setAside}</button>
      {trouble && <p class="failure-detail" role="alert">{trouble}</p>}
    </>
  );
}

export function Failure({ failure }: { failure: FailureReason }) {
  const { icon, title, text, retry } = told(failure);
  return (
    <div class="failure" role="alert">
      <div class="failure-card">
        <span class="failure-icon"><Icon node={icon} size={28} /></span>
        <h1>{title}</h1>
        <p>{text}</p>
        <div class="failure-actions">
          {failure.kind === 'trap' && <Trapped {...failure} />}
          {failure.kind === 'absent' && !embedding?.views && (
            <button type="button" class="button worded primary" onClick={failure.begin}>{words.failure.begin}</button>
          )}
          {retry && (
            <button type="button" class="button worded primary" onClick={() => location.reload()}>{words.failure.retry}</button>
          )}
          <a class="button worded outlined" href="/" target={embedding && '_blank'}>{words.failure.boards}</a>
        </div>
        {'detail' in failure && failure.kind !== 'refused' && failure.detail && (
          <details class="failure-detail">
            <summary>{words.failure.detail}</summary>
            {failure.detail}
          </details>
        )}
      </div>
    </div>
  );
}
