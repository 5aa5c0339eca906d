/**
 * The wheel and the pinch of a trackpad, anywhere on the page, packed for the engine as one event each.
 * Owns whose a turn is: the board's, or a list's that scrolls. What it does is the engine's.
 */
import { embedding } from './embedding';
import type { Sink } from './input';
import { isModal } from './keys';

/** The event's kind as the engine numbers it. */
const WHEEL = 6;

/** What a turn means, as bits that the engine knows; units are the browser's number times 8. */
const Means = { zoom: 1, keyHeld: 2, fingers: 4, unit: 8 } as const;

/** Wheel units in one notch by `wheelDelta`. */
const TICK = 120;

/** What browsers add to the standard, each of them by now. */
interface Ticking extends WheelEvent {
  readonly wheelDeltaX?: number;
  readonly wheelDeltaY?: number;
}

/** What Safari reports while two fingers pinch on a trackpad. */
interface GestureEvent extends UIEvent {
  readonly scale: number;
  readonly clientX: number;
  readonly clientY: number;
}

/** Listens to the page until the signal aborts. */
export function listenToWheel(sink: Sink, signal: AbortSignal): void {
  // A pinch comes as a wheel with Ctrl that nobody holds; keys and pointers know better.
  let held = false;
  const notice = (event: KeyboardEvent | PointerEvent): void => void (held = event.ctrlKey);
  for (const name of ['keydown', 'keyup', 'pointermove', 'pointerdown'] as const) {
    addEventListener(name, notice, { signal, capture: true });
  }
  addEventListener('blur', () => (held = false), { signal });

  addEventListener('wheel', (event: Ticking) => {
    const zooms = event.ctrlKey || event.metaKey;
    // A page around this one goes on being scrolled until somebody presses the board.
    const passes = embedding && !document.hasFocus();
    if (!zooms && (passes || isModal() || scrolls(event))) return;
    // Else the browser would zoom the page, or turn the number in a field.
    event.preventDefault();
    if (isModal()) return;
    // Firefox counts in lines only for those who ask for the unit first.
    const unit = event.deltaMode * Means.unit;
    const means = zooms ? Means.zoom | (held || event.metaKey ? Means.keyHeld : 0) : 0;
    const ticks = (event.wheelDeltaY || event.wheelDeltaX || 0) / TICK;
    sink(Float64Array.of(
      WHEEL, event.deltaX, event.deltaY, event.clientX, event.clientY, means | unit, ticks, event.timeStamp,
    ));
  }, { passive: false, signal });

  listenToGestures(sink, signal);
}

/** Safari has no wheel for a pinch; the other browsers make one of 100 pixels per factor e. */
function listenToGestures(sink: Sink, signal: AbortSignal): void {
  let scale = 1;
  const gesture = (event: Event): void => {
    event.preventDefault();
    const pinch = event as GestureEvent;
    // Fingers on a screen are pointers too, and pinch as such.
    const trackpad = navigator.maxTouchPoints === 0;
    if (trackpad && event.type === 'gesturechange' && pinch.scale > 0 && !isModal()) {
      const down = -100 * Math.log(pinch.scale / scale);
      sink(Float64Array.of(
        WHEEL, 0, down, pinch.clientX, pinch.clientY, Means.zoom | Means.fingers, 0, event.timeStamp,
      ));
    }
    scale = event.type === 'gesturestart' ? 1 : pinch.scale;
  };
  for (const name of ['gesturestart', 'gesturechange', 'gestureend']) {
    addEventListener(name, gesture, { passive: false, signal });
  }
}

/** Whether something under the pointer scrolls that way itself; all else lets the wheel through to the board. */
function scrolls({ target, deltaX, deltaY }: WheelEvent): boolean {
  const across = Math.abs(deltaX) > Math.abs(deltaY);
  let at = target instanceof Element && !target.closest('#stage') ? target : null;
  for (; at; at = at.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(at);
    const beyond = across ? at.scrollWidth - at.clientWidth : at.scrollHeight - at.clientHeight;
    if (beyond > 0 && /auto|scroll/.test(across ? overflowX : overflowY)) return true;
  }
  return false;
}
