/** Sentences shown for a while. Owns only their look. */
import { toasts } from '../ui-state';

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text, way }) => (
        <p key={id} class="toast">
          {text}
          {way && <button type="button" class="toast-way" onClick={way.go}>{way.label}</button>}
        </p>
      ))}
    </div>
  );
}
