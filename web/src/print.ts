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
export function listenToPrint(stage: HTMLElement, shell: Shell, paper: { busy: boolean }, back: () => void): void {
  const scene = stage.querySelector<HTMLElement>('.scene');
  let view: ArrayLike<number> = [];
  let sheet: HTMLCanvasElement | undefined;
  addEventListener('beforeprint', () => {
    paper.busy = true;
    const { width, height } = SHEET;
    view = shell.run((engine) => engine.view()) ?? view;
    shell.run((engine) => engine.dark(false));
    shell.resize(width, height, DENSITY);
    shell.act('zoomToFit');
    shell.paint();
    sheet?.remove();
    sheet = stage.appendChild(joined(stage));
    if (scene) scene.style.visibility = 'hidden';
  });
  addEventListener('afterprint', () => {
    paper.busy = false;
    sheet?.remove();
    sheet = undefined;
    if (scene) scene.style.visibility = '';
    back();
    const [x = 0, y = 0, zoom = 1] = Array.from(view);
    shell.run((engine) => engine.lookAgain(x, y, zoom));
    shell.run((engine) => engine.dark(dark.value));
  });
}

/** All tiles in one: a printer's pixels are not ours, and where two tiles meet within one the paper shows through. */
function joined(stage: HTMLElement): HTMLCanvasElement {
  const sheet = document.createElement('canvas');
  sheet.className = 'sheet';
  [sheet.width, sheet.height] = [SHEET.width * DENSITY, SHEET.height * DENSITY];
  sheet.style.width = '100%';
  const context = sheet.getContext('2d');
  const { x, y } = stage.getBoundingClientRect();
  for (const tile of stage.querySelectorAll<HTMLCanvasElement>('.scene canvas:not([hidden])')) {
    const at = tile.getBoundingClientRect();
    context?.drawImage(tile, Math.round((at.x - x) * DENSITY), Math.round((at.y - y) * DENSITY));
  }
  return sheet;
}
