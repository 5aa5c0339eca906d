/**
 * What a lost or new person needs: a word on an empty board, and the way back to the drawings.
 * Owns when they show.
 */
import { LocateFixed } from 'lucide';
import type { Act } from '../actions';
import { camera, connection, editText, empty, loading, tool } from '../ui-state';
import { words } from '../words';
import { Icon } from './icon';

/** A word beside a bar, with an arrow to it. */
function Pointer({ to, children }: { to: 'menu' | 'tools' | 'help'; children: string }) {
  return (
    <p class={`hint hint-${to}`}>
      <svg width="36" height="36" viewBox="0 0 36 36" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" aria-hidden="true">
        <path d="M30 32C18 31 10 24 8 6M3 12l5-7 7 5" />
      </svg>
      {children}
    </p>
  );
}

/** Where to start, while there is nothing on the board. */
export function EmptyHint() {
  if (!empty.value || loading.value !== undefined || editText.value || tool.value !== 'select') return null;
  // It promises what only a connection keeps.
  if (connection.value !== 'saved' && connection.value !== 'saving') return null;
  return (
    <>
      <div class="empty-hint">
        <p class="empty-title">{words.hints.empty}</p>
        <p>{words.hints.draw}</p>
        <p>{words.hints.share}</p>
      </div>
      <Pointer to="menu">{words.hints.menu}</Pointer>
      <Pointer to="tools">{words.hints.tools}</Pointer>
      <Pointer to="help">{words.hints.help}</Pointer>
    </>
  );
}

/** The way back when none of the board's content is in view. */
export function BackToContent({ act }: { act: Act }) {
  if (camera.value.contentInView || empty.value) return null;
  return (
    <button
      type="button"
      class="button worded back-to-content"
      onClick={() => act('zoomToFit')}
    >
      <Icon node={LocateFixed} size={18} />
      {words.hints.back}
    </button>
  );
}
