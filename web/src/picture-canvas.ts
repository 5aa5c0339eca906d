/**
 * Pictures on canvases, as the board itself is painted: by the same player, fonts and files.
 * Owns how large a canvas may be, and that fonts and files have come. Knows no element.
 */
import { Player } from './display-list';
import { loadEngine } from './engine-load';
import type { Painted } from './file-work';
import type { Images } from './images';

/** What a picture shows may be on its way for so long, ms. */
const ON_ITS_WAY = 10_000;
/** So often fonts may come one after the other. */
const ROUNDS = 4;
/** Every browser draws so many pixels; whether it draws more it is asked. */
const SURE = 16 << 20;
/** Half a gigabyte: more is worth no try, and takes a telephone down. */
const MOST = 128 << 20;
/** Scales that are offered where those of the dialog are too large. */
const SCALES = [4, 3, 2, 1, 0.75, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.02, 0.01];

/** How many pixels a picture has. */
export function pixels({ width, height }: Pick<Painted, 'width' | 'height'>, scale: number): [width: number, height: number] {
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Whether this browser draws so many. */
export function fits(width: number, height: number): boolean {
  if (width * height > MOST) return false;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  if (width * height <= SURE && Math.max(width, height) <= 4096) return true;
  try {
    const context = canvas.getContext('2d');
    context?.fillRect(width - 1, height - 1, 1, 1);
    // One that is too large stays blank.
    return (context?.getImageData(width - 1, height - 1, 1, 1).data[3] ?? 0) > 0;
  } catch {
    return false;
  } finally {
    canvas.width = 0;
  }
}

/** The largest scale below one at which a picture can be drawn. */
export function largestScale(picture: Pick<Painted, 'width' | 'height'>, below: number): number | undefined {
  return SCALES.find((scale) => scale < below && fits(...pixels(picture, scale)));
}

/** Paints pictures of one board. */
export class Painter {
  readonly #player: Player;

  private constructor(player: Player) {
    this.#player = player;
  }

  static async of(images: Images): Promise<Painter> {
    const player = new Player(await loadEngine());
    player.picture = (hash, across) => images.get(hash, across);
    player.settled = () => images.settled();
    return new Painter(player);
  }

  /** Paints on a canvas that has its size; false when files are not here that it shows. */
  async draw(canvas: HTMLCanvasElement, { list, ground }: Painted, scale: number, wanted = (): boolean => true): Promise<boolean> {
    const context = canvas.getContext('2d');
    if (!context) return false;
    const player = this.#player;
    const paint = () => {
      player.lacks = false;
      player.clear(context, scale);
      if (ground !== undefined) {
        context.fillStyle = `#${ground.toString(16).padStart(8, '0')}`;
        context.fillRect(0, 0, canvas.width / scale, canvas.height / scale);
        context.fillStyle = '#000';
      }
      player.add(context, list);
      return player.lacks;
    };
    let lacks = paint();
    for (let round = 0; round < ROUNDS; round += 1) {
      // Fonts begin to come when they are painted with.
      await new Promise((soon) => setTimeout(soon));
      const fonts = document.fonts.status === 'loading';
      if (!wanted() || !(fonts || lacks)) break;
      const come = Promise.all([document.fonts.ready, lacks ? player.settled?.() : undefined]);
      await Promise.race([come, new Promise((late) => setTimeout(late, ON_ITS_WAY))]);
      if (!wanted()) break;
      const lacked = lacks;
      lacks = paint();
      if (lacked && lacks && !fonts) break;
    }
    return !lacks;
  }

  /** A picture as a PNG; `lacks` when files are not here that it shows. */
  async png(painted: Painted, scale: number): Promise<{ file: Blob; lacks: boolean } | undefined> {
    const [width, height] = pixels(painted, scale);
    if (!fits(width, height)) return undefined;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const whole = await this.draw(canvas, painted, scale);
    const file = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/png'));
    canvas.width = 0;
    return file ? { file, lacks: !whole } : undefined;
  }
}
