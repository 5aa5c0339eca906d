/** Sentences shown for a while, some with what can be done about them. Owns only their look. */
import { dropToast, toasts } from '../ui-state';
import './toasts.css';

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text, way }) => (
        <p key={id} class="toast">
          {text}
          {way && (
            <button type="button" class="toast-way" onClick={() => (dropToast(id), way.go())}>{way.label}</button>
          )}
        </p>
      ))}
    </div>
  );
}
