/**
 * Plays the engine's display lists.
 * Owns what each paint operation does on a canvas; knows no element, and not where the canvas is.
 */

/** Numbers and raw words of one list: the same memory read in two ways. */
interface Words {
  f: Float32Array;
  u: Uint32Array;
  player: Player;
}

/**
 * Gives a picture by its SHA-256 that is to be this many device pixels across; undefined as long as there
 * is none. `settled` is false when a better one is on its way.
 */
export type PictureSource = (hash: string, across: number) => { source: Drawn; settled: boolean } | undefined;
/** A picture, or a smaller copy of it. */
export type Drawn = ImageBitmap | HTMLCanvasElement | OffscreenCanvas;
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
/** Plays the operation whose arguments start at `i`; gives the place after them. */
type Play = (c: Context, w: Words, i: number) => number;

/** What each family is painted in; the board's font has letters that the others lack. */
export const FAMILIES = {
  rounded: '"Drawbridge Board", system-ui, sans-serif',
  hand: '"Drawbridge Hand", "Drawbridge Board", system-ui, sans-serif',
  serif: '"Drawbridge Serif", "Drawbridge Board", system-ui, sans-serif',
  mono: '"Drawbridge Mono", "Drawbridge Board", system-ui, sans-serif',
};
export type Family = keyof typeof FAMILIES;
const INTERFACE_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
/** In the order of their numbers. */
const FONTS = [FAMILIES.rounded, INTERFACE_FONT, FAMILIES.hand, FAMILIES.serif, FAMILIES.mono];
const ANCHORS: CanvasTextAlign[] = ['start', 'center', 'end'];
const utf8 = new TextDecoder();
const colors = new Map<number, string>();
/** Bounds the cache of colour strings: a colour picker dragged for long makes thousands. */
const COLOR_LIMIT = 4096;

function color(rgba: number): string {
  let text = colors.get(rgba);
  if (text === undefined) {
    if (colors.size >= COLOR_LIMIT) colors.clear();
    text = `#${rgba.toString(16).padStart(8, '0')}`;
    colors.set(rgba, text);
  }
  return text;
}

/** Reads past the end are 0: a list is whole or the engine is broken, and neither may throw here. */
const n = (words: Words, i: number): number => words.f[i] ?? 0;
const bits = (words: Words, i: number): number => words.u[i] ?? 0;

function font(c: Context, w: Words, i: number): number {
  c.font = `${n(w, i)}px ${FONTS[bits(w, i + 1)] ?? INTERFACE_FONT}`;
  return i + 2;
}

/** A line of text in a direction of its own; it starts at the place that it is given. */
const text = (direction: CanvasDirection): Play => (c, w, i) => {
  const length = bits(w, i + 2);
  const bytes = new Uint8Array(w.u.buffer, w.u.byteOffset + (i + 3) * 4, length);
  c.direction = direction;
  c.fillText(utf8.decode(bytes), n(w, i), n(w, i + 1));
  return i + 3 + Math.ceil(length / 4);
};

/** Part of a picture in a box; where there is none, the box. */
function image(c: Context, w: Words, i: number): number {
  const [x, y, width, height] = [n(w, i), n(w, i + 1), n(w, i + 2), n(w, i + 3)];
  const [left, top, right, bottom] = [n(w, i + 4), n(w, i + 5), n(w, i + 6), n(w, i + 7)];
  let hash = '';
  for (let k = i + 8; k < i + 16; k += 1) hash += bits(w, k).toString(16).padStart(8, '0');
  const { a, b } = c.getTransform();
  const scale = Math.hypot(a, b);
  const found = w.player.picture?.(hash, (width * scale) / (right - left || 1));
  if (!found?.settled) w.player.lacks = true;
  if (found) {
    const { source } = found;
    const [sx, sy] = [left * source.width, top * source.height];
    const [sw, sh] = [(right - left) * source.width, (bottom - top) * source.height];
    c.imageSmoothingQuality = 'high';
    c.drawImage(source, sx, sy, sw, sh, x, y, width, height);
  } else {
    standIn(c, x, y, width, height, scale);
  }
  return i + 16;
}

/** A box of the picture's size, with an edge of a pixel and hills in it. */
function standIn(c: Context, x: number, y: number, width: number, height: number, scale: number): void {
  c.fillRect(x, y, width, height);
  c.lineWidth = 1.5 / scale;
  c.strokeRect(x + c.lineWidth / 2, y + c.lineWidth / 2, width - c.lineWidth, height - c.lineWidth);
  const side = Math.min(width, height, 96 / scale) / 3;
  const [cx, cy] = [x + width / 2, y + height / 2];
  c.beginPath();
  c.moveTo(cx - side, cy + side * 0.6);
  c.lineTo(cx - side * 0.3, cy - side * 0.5);
  c.lineTo(cx + side * 0.2, cy + side * 0.25);
  c.lineTo(cx + side * 0.45, cy - side * 0.1);
  c.lineTo(cx + side, cy + side * 0.6);
  c.closePath();
  c.stroke();
}

/** Letters as the engine lays them out: by advance tables alone, so pairs must not be kerned. */
function spaced(c: Context): void {
  c.fontKerning = 'none';
  c.textRendering = 'optimizeSpeed';
}

/** How what is painted meets what is there, by number. */
const BLENDS = ['source-over', 'multiply', 'screen'] as const;

const PLAYS: Record<string, Play> = {
  Save: (c, _, i) => (c.save(), i),
  Restore: (c, _, i) => (c.restore(), i),
  Transform: (c, w, i) => (
    c.transform(n(w, i), n(w, i + 1), n(w, i + 2), n(w, i + 3), n(w, i + 4), n(w, i + 5)), i + 6
  ),
  FillColor: (c, w, i) => ((c.fillStyle = color(bits(w, i))), i + 1),
  StrokeColor: (c, w, i) => ((c.strokeStyle = color(bits(w, i))), i + 1),
  LineWidth: (c, w, i) => ((c.lineWidth = n(w, i)), i + 1),
  Alpha: (c, w, i) => ((c.globalAlpha = n(w, i)), i + 1),
  Begin: (c, _, i) => (c.beginPath(), i),
  MoveTo: (c, w, i) => (c.moveTo(n(w, i), n(w, i + 1)), i + 2),
  LineTo: (c, w, i) => (c.lineTo(n(w, i), n(w, i + 1)), i + 2),
  QuadTo: (c, w, i) => (
    c.quadraticCurveTo(n(w, i), n(w, i + 1), n(w, i + 2), n(w, i + 3)), i + 4
  ),
  CubicTo: (c, w, i) => (
    c.bezierCurveTo(n(w, i), n(w, i + 1), n(w, i + 2), n(w, i + 3), n(w, i + 4), n(w, i + 5)), i + 6
  ),
  Close: (c, _, i) => (c.closePath(), i),
  Fill: (c, _, i) => (c.fill(), i),
  Stroke: (c, _, i) => (c.stroke(), i),
  Rect: (c, w, i) => (c.rect(n(w, i), n(w, i + 1), n(w, i + 2), n(w, i + 3)), i + 4),
  RoundRect: (c, w, i) => (
    c.roundRect(n(w, i), n(w, i + 1), n(w, i + 2), n(w, i + 3), n(w, i + 4)), i + 5
  ),
  Ellipse: (c, w, i) => (
    c.moveTo(n(w, i) + n(w, i + 2), n(w, i + 1)),
    c.ellipse(n(w, i), n(w, i + 1), n(w, i + 2), n(w, i + 3), 0, 0, Math.PI * 2), i + 4
  ),
  Dash: (c, w, i) => (c.setLineDash(n(w, i + 1) > 0 ? [n(w, i), n(w, i + 1)] : []), i + 2),
  Font: font,
  Text: text('ltr'),
  TextRtl: text('rtl'),
  Clip: (c, _, i) => (c.clip(), i),
  Blend: (c, w, i) => ((c.globalCompositeOperation = BLENDS[n(w, i)] ?? 'source-over'), i + 1),
  Cap: (c, w, i) => ((c.lineCap = n(w, i) > 0 ? 'butt' : 'round'), i + 1),
  Anchor: (c, w, i) => ((c.textAlign = ANCHORS[bits(w, i)] ?? 'start'), i + 1),
  Image: image,
};

/** Plays lists whose operations are numbered as the engine numbers them. */
export class Player {
  readonly #plays: (Play | undefined)[] = [];
  /** Where pictures come from. */
  picture: PictureSource | undefined;
  /** Settles when none is on its way any more. */
  settled: (() => Promise<void>) | undefined;
  /** Whether a picture was missing in a list since this was last set to false. */
  lacks = false;

  /** `ops` are the engine's operation numbers; throws when one of them cannot be played. */
  constructor(ops: Readonly<Record<string, number>>) {
    for (const [name, op] of Object.entries(ops)) {
      const play = PLAYS[name];
      if (!play) throw new Error(`cannot paint ${name}`);
      this.#plays[op] = play;
    }
  }

  /** Paints a list on a canvas and nothing else; `dpr` is device pixels per CSS pixel. */
  play(c: Context, list: Uint32Array, dpr: number): void {
    this.clear(c, dpr);
    this.add(c, list);
  }

  /** Makes a canvas blank and ready for lists. */
  clear(c: Context, dpr: number): void {
    c.reset();
    c.scale(dpr, dpr);
    c.lineCap = 'round';
    c.lineJoin = 'round';
    spaced(c);
  }

  /** Paints a list above whatever is there. */
  add(c: Context, list: Uint32Array): void {
    const words = { player: this, u: list, f: new Float32Array(list.buffer, list.byteOffset, list.length) };
    for (let i = 0; i < list.length; ) {
      const play = this.#plays[bits(words, i)];
      if (!play) return console.error(`display list: no operation ${bits(words, i)} at word ${i}`);
      i = play(c, words, i + 1);
    }
  }
}

/** Large enough that no browser rounds, CSS pixels. */
const MEASURED_PX = 100;

/** How wide this browser paints lines in a family and whatever stands in for it, at font size 1. */
export function measured(lines: string[], family: Family): Float64Array {
  const c = new OffscreenCanvas(1, 1).getContext('2d');
  if (!c) return new Float64Array();
  spaced(c);
  c.font = `${MEASURED_PX}px ${FAMILIES[family]}`;
  return Float64Array.from(lines, (line) => c.measureText(line).width / MEASURED_PX);
}
