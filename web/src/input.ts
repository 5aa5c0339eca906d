/**
 * Pointer events of the board, packed for the engine.
 * Owns the packing (8 numbers per event) and pointer capture; knows no tool and no gesture.
 */

/** Numbers per event: kind, pointer id, pointer type, x, y, pressure, modifiers, time. */
const STRIDE = 8;

/** Event kinds as the engine numbers them. */
const Kind = { down: 0, move: 1, up: 2, cancel: 3, leave: 4, double: 5 } as const;

/** Modifier bits as the engine numbers them. */
const Bit = { shift: 1, alt: 2, command: 4, space: 8, secondary: 16, middle: 32, further: 64 } as const;

/** Two taps within this time and distance are a double click. */
const DOUBLE_TAP = { ms: 350, px: 24 } as const;

/** Takes one packed batch. */
export type Sink = (batch: Float64Array) => void;

function keys(event: MouseEvent): number {
  return (
    (event.shiftKey ? Bit.shift : 0) |
    (event.altKey ? Bit.alt : 0) |
    (event.ctrlKey || event.metaKey ? Bit.command : 0)
  );
}

/** Listens on the board until the signal aborts. `spaceHeld` tells whether Space is down. */
export function listenToPointers(
  board: HTMLElement,
  sink: Sink,
  spaceHeld: () => boolean,
  signal: AbortSignal,
): void {
  const modifiers = (event: MouseEvent): number =>
    keys(event) |
    (spaceHeld() ? Bit.space : 0) |
    (event.buttons & 2 || event.button === 2 ? Bit.secondary : 0) |
    (event.buttons & 4 || event.button === 1 ? Bit.middle : 0);

  const pointer = (kind: number, event: PointerEvent): void => {
    const coalesced = kind === Kind.move ? (event.getCoalescedEvents?.() ?? []) : [];
    const events = coalesced.length > 0 ? coalesced : [event];
    const batch = new Float64Array(events.length * STRIDE);
    const type = event.pointerType === 'touch' ? 2 : event.pointerType === 'pen' ? 1 : 0;
    const bits = modifiers(event) | (event.isPrimary ? 0 : Bit.further);
    events.forEach((one, i) => {
      batch.set(
        [kind, event.pointerId, type, one.clientX, one.clientY, one.pressure, bits, one.timeStamp],
        i * STRIDE,
      );
    });
    sink(batch);
  };

  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ) => board.addEventListener(name, listener, { signal, ...options });

  on('pointerdown', (event) => {
    // A press beside an open menu closes that and does nothing else.
    const menu = document.querySelector<HTMLElement>('[popover]:popover-open');
    if (menu) return menu.hidePopover();
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
  on('pointerleave', (event) => pointer(Kind.leave, event));
  const double = (event: MouseEvent): void => {
    sink(Float64Array.of(
      Kind.double, 0, 0, event.clientX, event.clientY, 0, modifiers(event), event.timeStamp,
    ));
  };
  const tap = doubleTaps(double);
  on('dblclick', double);
  // Else the browser takes a quick stroke for a fling and swallows the tap on a button after it.
  on('touchstart', (event) => event.preventDefault(), { passive: false });
  on('contextmenu', (event) => event.preventDefault());
  // A middle click would start the browser's own scrolling, a press would select text.
  on('mousedown', (event) => event.preventDefault());
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
