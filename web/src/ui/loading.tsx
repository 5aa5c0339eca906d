/**
 * The bar at the top while a board comes in, and words for who waits longer.
 * Owns only its look. How much of the engine has come is not known: to count its bytes would keep the
 * browser from keeping it compiled.
 */
import { failure, loading } from '../ui-state';
import { words } from '../words';

export function Loading() {
  const fraction = loading.value;
  if (fraction === undefined || failure.value) return null;
  const percent = Math.round(fraction * 100);
  const known = percent > 0;
  return (
    <>
      <div
        class="loading"
        role="progressbar"
        aria-label={words.board.opening}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? percent : undefined}
        data-known={known}
      >
        <span style={{ transform: `scaleX(${known ? fraction : 0.3})` }} />
      </div>
      <p class="loading-words" aria-hidden="true">
        {words.board.opening}{known && <span class="loading-share">{percent}%</span>}
      </p>
    </>
  );
}
