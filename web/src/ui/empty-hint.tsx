/**
 * What a new board says: where to start, and what each bar is for.
 * Owns when it shows.
 */
import { connection, editText, empty, loading, tool } from '../ui-state';
import { later } from '../words-later';
import './empty-hint.css';

const { hints } = later;

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
        <p class="empty-title">{hints.empty}</p>
        <p>{hints.draw}</p>
        <p>{hints.share}</p>
      </div>
      <Pointer to="menu">{hints.menu}</Pointer>
      <Pointer to="tools">{hints.tools}</Pointer>
      <Pointer to="help">{hints.help}</Pointer>
    </>
  );
}
