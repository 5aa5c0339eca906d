/**
 * The wheel and the pinch of a trackpad, packed for the engine as one event each.
 * Owns the packing and the browsers' units; what a turn does is the engine's.
 */
import type { Sink } from './input';

/** The event's kind as the engine numbers it. */
const WHEEL = 6;

/** Pixels per wheel line, where a browser counts in lines. */
const LINE = 16;

/** What Safari reports while two fingers pinch on a trackpad. */
interface GestureEvent extends UIEvent {
  readonly scale: number;
  readonly clientX: number;
  readonly clientY: number;
}

/** One turn of the wheel in the page's corner: moves the view by CSS pixels. */
export function wheelBatch(right: number, down: number): Float64Array {
  return Float64Array.of(WHEEL, right, down, 0, 0, 0, 0, performance.now());
}

/** Wheel and trackpad: two numbers of distance, and whether it means zoom. */
export function listenToWheel(stage: HTMLElement, sink: Sink, signal: AbortSignal): void {
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? innerHeight : 1;
    const zoom = event.ctrlKey || event.metaKey ? 1 : 0;
    sink(Float64Array.of(
      WHEEL, event.deltaX * unit, event.deltaY * unit,
      event.clientX, event.clientY, zoom, 0, event.timeStamp,
    ));
  };
  stage.addEventListener('wheel', wheel, { passive: false, signal });

  // Safari has no ctrl+wheel for a pinch; the other browsers make one of 100 per factor e.
  let scale = 1;
  const gesture = (event: Event): void => {
    event.preventDefault();
    const pinch = event as GestureEvent;
    if (event.type === 'gesturechange' && pinch.scale > 0) {
      const distance = -100 * Math.log(pinch.scale / scale);
      sink(Float64Array.of(
        WHEEL, 0, distance, pinch.clientX, pinch.clientY, 1, 0, event.timeStamp,
      ));
    }
    scale = event.type === 'gesturestart' ? 1 : pinch.scale;
  };
  for (const name of ['gesturestart', 'gesturechange', 'gestureend']) {
    stage.addEventListener(name, gesture, { passive: false, signal });
  }
}
