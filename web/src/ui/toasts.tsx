/** Sentences shown for a while. Owns only their look. */
import { toasts } from '../ui-state';

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text }) => <p key={id} class="toast">{text}</p>)}
    </div>
  );
}
