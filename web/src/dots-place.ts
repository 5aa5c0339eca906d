/** Where the dots behind the board are. Owns how they thin out from afar; knows no element. */
import { STEP } from './grid';

/** No two dots come closer on the screen, CSS pixels: from afar they thin out. */
const CLOSEST = 14;

/** Puts the dots where the board is now; `x y zoom` is what the engine calls the view. */
export function placeDots(stage: HTMLElement, [x = 0, y = 0, zoom = 1]: ArrayLike<number> & Iterable<number>): void {
  const { style, clientWidth: width, clientHeight: height } = stage;
  const apart = STEP * 2 ** Math.max(0, Math.ceil(Math.log2(CLOSEST / (STEP * zoom)))) * zoom;
  style.setProperty('--apart', `${apart}px`);
  // A dot is in the middle of its square.
  style.setProperty('--across', `${width / 2 - x * zoom - apart / 2}px`);
  style.setProperty('--down', `${height / 2 - y * zoom - apart / 2}px`);
}
