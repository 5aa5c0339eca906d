/**
 * Pointer events of the board, packed for the engine.
 * Owns the packing (8 numbers per event), pointer capture and where the pointer is; knows no tool and no gesture.
 */

/** Numbers per event: kind, pointer id, pointer type, x, y, pressure, modifiers, time. */
const STRIDE = 8;

/** Event kinds as the engine numbers them. */
const Kind = { down: 0, move: 1, up: 2, cancel: 3, leave: 4, double: 5, lost: 7 } as const;

/** Modifier bits as the engine numbers them. */
const Bit = {
  shift: 1, alt: 2, command: 4, space: 8, secondary: 16, middle: 32, further: 64, primary: 128,
} as const;

/** Stands for every pointer, where the page loses all of them. */
const EVERY_POINTER = -1;

/** Pointer types as the engine numbers them; a mouse is 0. */
const DEVICES: Readonly<Record<string, number>> = { pen: 1, touch: 2 };

/** Two taps within this time and distance are a double click. */
const DOUBLE_TAP = { ms: 350, px: 24 } as const;

/** Where the pointer is over the board. */
export const hover: { at: readonly [x: number, y: number] | undefined } = { at: undefined };

/** Takes one packed batch. */
export type Sink = (batch: Float64Array) => void;

function keys(event: MouseEvent): number {
  return (
    (event.shiftKey ? Bit.shift : 0) |
    (event.altKey ? Bit.alt : 0) |
    (event.ctrlKey || event.metaKey ? Bit.command : 0)
  );
}

function buttons(event: MouseEvent): number {
  return (
    (event.buttons & 2 ? Bit.secondary : 0) |
    (event.buttons & 4 ? Bit.middle : 0) |
    // A finger, a pen's tip and its eraser count as the main button.
    (event.buttons & ~6 ? Bit.primary : 0)
  );
}

/** One pointer event and all that the browser has merged into it. */
function pack(kind: number, event: PointerEvent, bits: number): Float64Array {
  const coalesced = kind === Kind.move ? (event.getCoalescedEvents?.() ?? []) : [];
  const events = coalesced.length > 0 ? coalesced : [event];
  const batch = new Float64Array(events.length * STRIDE);
  const type = DEVICES[event.pointerType] ?? 0;
  const all = bits | (event.isPrimary ? 0 : Bit.further);
  events.forEach((one, i) => {
    batch.set(
      [kind, event.pointerId, type, one.clientX, one.clientY, one.pressure, all, one.timeStamp],
      i * STRIDE,
    );
  });
  return batch;
}

/**
 * Listens on the board until the signal aborts. `spaceHeld` tells whether Space is down,
 * `pressDraws` whether a press beside an open menu does more than close it.
 */
export function listenToPointers(
  board: HTMLElement,
  sink: Sink,
  spaceHeld: () => boolean,
  pressDraws: () => boolean,
  signal: AbortSignal,
): void {
  const modifiers = (event: MouseEvent): number =>
    keys(event) | (spaceHeld() ? Bit.space : 0) | buttons(event);
  const pointer = (kind: number, event: PointerEvent): void => {
    hover.at = kind === Kind.leave ? undefined : [event.clientX, event.clientY];
    sink(pack(kind, event, modifiers(event)));
  };

  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ) => board.addEventListener(name, listener, { signal, ...options });

  on('pointerdown', (event) => {
    // Within another page a press that means nothing to the browser does not bring the keyboard here.
    if (!document.hasFocus()) window.focus();
    const menu = document.querySelector<HTMLElement>('[popover]:popover-open');
    menu?.hidePopover();
    if (menu && !pressDraws()) return;
    // Capture fails for a pointer that has gone already; the engine gets its end either way.
    try {
      board.setPointerCapture(event.pointerId);
    } catch {
      // Nothing to capture.
    }
    pointer(Kind.down, event);
  });
  on('pointermove', (event) => pointer(Kind.move, event));
  on('pointerup', (event) => {
    pointer(Kind.up, event);
    if (event.pointerType === 'touch') tap(event);
  });
  on('pointercancel', (event) => pointer(Kind.cancel, event));
  // After a release this says nothing new; without one it is all that is heard of the end.
  on('lostpointercapture', (event) => pointer(Kind.lost, event));
  on('pointerleave', (event) => pointer(Kind.leave, event));
  const double = (event: MouseEvent, pointer = 0, type = 0): void => {
    sink(Float64Array.of(
      Kind.double, pointer, type, event.clientX, event.clientY, 0, modifiers(event), event.timeStamp,
    ));
  };
  const tap = doubleTaps((event) => double(event, event.pointerId, DEVICES[event.pointerType]));
  on('dblclick', (event) => double(event));
  // Else the browser takes a quick stroke for a fling and swallows the tap on a button after it.
  on('touchstart', (event) => event.preventDefault(), { passive: false });
  on('contextmenu', (event) => event.preventDefault());
  // A middle click would start the browser's own scrolling, a press would select text.
  on('mousedown', (event) => event.preventDefault());

  // The release of what is pressed now goes to another window, or nowhere.
  const loseAll = (): void =>
    sink(Float64Array.of(Kind.lost, EVERY_POINTER, 0, 0, 0, 0, 0, performance.now()));
  addEventListener('blur', loseAll, { signal });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') loseAll();
  }, { signal });
}

/** Finds the second tap of two; touches make no double clicks of their own here. */
function doubleTaps(double: (event: PointerEvent) => void): (event: PointerEvent) => void {
  let last: PointerEvent | undefined;
  return (event) => {
    const again =
      last !== undefined &&
      event.timeStamp - last.timeStamp < DOUBLE_TAP.ms &&
      Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < DOUBLE_TAP.px;
    last = again ? undefined : event;
    if (again) double(event);
  };
}
