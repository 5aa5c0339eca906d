/** The bar at the top while a board comes in. Owns only its look. */
import { failure, loading } from '../ui-state';
import { words } from '../words';

export function Loading() {
  const fraction = loading.value;
  if (fraction === undefined || failure.value) return null;
  return (
    <div class="loading" role="progressbar" aria-label={words.board.opening} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(fraction * 100)}>
      <span style={{ transform: `scaleX(${Math.max(0.08, fraction)})` }} />
    </div>
  );
}
