/**
 * The handle of a low sheet: a tap or a swipe up shows all of it, a swipe down less, then nothing.
 * Owns telling them apart; knows no content.
 */
import { useRef } from 'preact/hooks';
import { later } from '../words-later';

/** A finger that moves less has tapped. */
const SWIPE = 12;

interface Props {
  /** Whether all of it is shown. */
  whole: boolean;
  pull: (whole: boolean) => void;
  close: () => void;
}

export function SheetHandle({ whole, pull, close }: Props) {
  const from = useRef(0);
  const swiped = useRef(false);
  return (
    <button
      type="button"
      class="sheet-handle"
      aria-expanded={whole}
      aria-label={later.style.more}
      onPointerDown={(event) => {
        from.current = event.clientY;
        swiped.current = false;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event) => {
        const down = event.clientY - from.current;
        swiped.current = Math.abs(down) > SWIPE;
        if (!swiped.current) return;
        if (down > 0 && !whole) close();
        else pull(down < 0);
      }}
      onClick={() => {
        // The click that ends a swipe has been heard.
        if (!swiped.current) pull(!whole);
        swiped.current = false;
      }}
    />
  );
}
