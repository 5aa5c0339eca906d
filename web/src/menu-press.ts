/**
 * Where somebody asks for the board's menu: a right click, a finger that rests, the menu key.
 * Owns what counts as asking; knows no element and no action.
 */

/** A finger that rests for so long asks, ms. */
const LONG_PRESS = 500;
/** One that has moved so far has begun something else, CSS pixels. */
const SLIP = 10;

/** What asks: a right click, a press that has begun (a finger that rests, Ctrl with a Mac's one button), a key. */
export type Asker = 'click' | 'press' | 'key';

/** Listens on the board; `rests` tells whether a finger that rests asks, with the tool in hand. */
export function listenToMenuPresses(
  board: HTMLElement,
  ask: (x: number, y: number, by: Asker) => void,
  rests: () => boolean,
  signal: AbortSignal,
): void {
  let press: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined;
  const end = (): void => {
    clearTimeout(press?.timer);
    press = undefined;
  };
  board.addEventListener('pointerdown', ({ pointerType, isPrimary, clientX: x, clientY: y }) => {
    // A second finger pinches.
    end();
    if (pointerType !== 'touch' || !isPrimary || !rests()) return;
    press = { timer: setTimeout(() => (end(), ask(x, y, 'press')), LONG_PRESS), x, y };
  }, { signal });
  board.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (press && Math.hypot(clientX - press.x, clientY - press.y) > SLIP) end();
  }, { signal });
  for (const over of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
    board.addEventListener(over, end, { signal });
  }
  board.addEventListener('contextmenu', (event) => {
    const { button, ctrlKey, clientX: x, clientY: y } = event;
    event.preventDefault();
    if (button === 2) return ask(x, y, 'click');
    if (ctrlKey) return ask(x, y, 'press');
    // The menu key has no place of its own.
    const { left, top, width, height } = board.getBoundingClientRect();
    if (!press) ask(left + width / 2, top + height / 3, 'key');
  }, { signal });
}
