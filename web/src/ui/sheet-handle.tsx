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
  return (
    <button
      type="button"
      class="sheet-handle"
      aria-expanded={whole}
      aria-label={later.style.more}
      onPointerDown={(event) => {
        from.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event) => {
        const down = event.clientY - from.current;
        if (Math.abs(down) <= SWIPE) pull(!whole);
        else if (down > 0 && !whole) close();
        else pull(down < 0);
      }}
      // What a tap sends after its release would land on whatever of the sheet stands there by then.
      onTouchEnd={(event) => {
        if (event.cancelable) event.preventDefault();
      }}
      // The click of a pointer has been heard; one without it is a key's, or a screen reader's.
      onClick={(event) => {
        if (event.detail === 0) pull(!whole);
      }}
    />
  );
}
