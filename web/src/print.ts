/**
 * The board on paper: all of it, light, without bars.
 * Owns the change to it and back; what it looks like is the style sheet's.
 */
import { dark } from './appearance';
import type { Shell } from './shell';

/** What a landscape sheet of A4 and of Letter both have room for within 10 mm, CSS pixels; see `board.css`. */
const SHEET = { width: 979, height: 718 };
/** Device pixels per CSS pixel: paper shows more than a screen. */
const DENSITY = 3;

/** Listens until the page goes; `paper` says whether the board has its size, `back` gives it the window's again. */
export function listenToPrint(shell: Shell, paper: { busy: boolean }, back: () => void): void {
  let view: ArrayLike<number> = [];
  addEventListener('beforeprint', () => {
    paper.busy = true;
    const { width, height } = SHEET;
    view = shell.run((engine) => engine.view()) ?? view;
    shell.run((engine) => engine.dark(false));
    shell.resize(width, height, DENSITY);
    shell.act('zoomToFit');
    shell.paint();
  });
  addEventListener('afterprint', () => {
    paper.busy = false;
    back();
    const [x = 0, y = 0, zoom = 1] = Array.from(view);
    shell.run((engine) => engine.lookAgain(x, y, zoom));
    shell.run((engine) => engine.dark(dark.value));
  });
}
