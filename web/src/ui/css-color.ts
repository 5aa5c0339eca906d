/**
 * Colours as the document writes them, made of whatever the browser understands as one.
 * Owns shades, transparency, and what was meant by a colour seen in the dark; the arithmetic is the browser's.
 */

let context: CanvasRenderingContext2D | null | undefined;

const hex = (part: number): string => Math.round(part).toString(16).padStart(2, '0');

/** A colour of CSS as `#rrggbb` or `#rrggbbaa`; undefined where it is none. */
export function colorOf(css: string): string | undefined {
  context ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true }) as unknown as CanvasRenderingContext2D;
  const text = /^([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(css.trim()) ? `#${css.trim()}` : css;
  const taken = ['#000', '#fff'].map((other) => {
    if (!context) return '';
    context.fillStyle = other;
    context.fillStyle = text;
    return context.fillStyle;
  });
  // What is no colour leaves the one before.
  if (!context || taken[0] !== taken[1]) return undefined;
  const [whole, r, g, b, alpha] = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(taken[0] ?? '') ?? [];
  if (whole) return withAlpha(`#${[r, g, b].map((part) => hex(Number(part))).join('')}`, Number(alpha));
  if (taken[0]?.startsWith('#')) return taken[0];
  context.fillRect(0, 0, 1, 1);
  return `#${[...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map(hex).join('')}`;
}

/** The same without its transparency; undefined of none. */
export function opaqueOf(color: string | null): string | undefined {
  return /^#[0-9a-f]{6}/i.exec(color ?? '')?.[0];
}

/** How little shows through, 0 to 1. */
export function alphaOf(color: string | null): number {
  return color?.length === 9 ? parseInt(color.slice(7), 16) / 255 : 1;
}

/** The same, but so much shows through. */
export function withAlpha(color: string, alpha: number): string {
  return alpha < 1 ? color.slice(0, 7) + hex(alpha * 255) : color.slice(0, 7);
}

/** Colours, `0xRRGGBBAA`, as the document writes them: each once, the most frequent first, and none that is not seen. */
export function mostUsed(colors: Iterable<number>): string[] {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const seen = [...counts].filter(([color]) => (color & 0xff) !== 0);
  // Elements come in no order: the colour itself decides between equals.
  seen.sort(([a, often], [b, other]) => other - often || a - b);
  const text = (color: number): string => `#${color.toString(16).padStart(8, '0')}`;
  return seen.map(([color]) => text(color).replace(/ff$/, ''));
}

/** Lightness and the two axes of Oklab. */
type Oklab = readonly [l: number, a: number, b: number];

function oklabOf(color: string): Oklab {
  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.color = `oklab(from ${color} l a b)`;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/-?[\d.]+(e-?\d+)?/g) ?? [];
  probe.remove();
  const [l = 0, a = 0, b = 0] = parts.map(Number);
  return [l, a, b];
}

const ofOklab = (...lab: Oklab): string => colorOf(`oklab(${lab.map((part) => part.toFixed(5)).join(' ')})`) ?? '#808080';

/** From pale to deep, as light as tints and strokes that go together are. */
const STEPS = [0.91, 0.79, 0.66, 0.53, 0.39] as const;
/** Where colours can be strongest. */
const PEAK = 0.62;
/** So much of a colour that is barely one is the screen's rounding. */
const GREY = 0.012;

/** How strong a colour of some lightness can be, about. */
const room = (l: number): number => (l < PEAK ? l / PEAK : (1 - l) / (1 - PEAK)) ** 0.8;

/** Five shades of a colour's hue, each as strong for its lightness as the colour is. */
export function shadesOf(color: string): string[] {
  const [l, a, b] = oklabOf(color);
  const strength = Math.hypot(a, b) < GREY ? 0 : 1 / Math.max(0.05, room(l));
  return STEPS.map((step) => ofOklab(step, a * strength * room(step), b * strength * room(step)));
}

/** The colour that a dark board shows as this one; `board/src/style/oklab.rs` has the way there. */
export function turnedBack(shown: string): string {
  const [goal, a, b] = oklabOf(shown);
  let [low, high] = [0, 1];
  let found: Oklab = [0, a, b];
  for (let i = 0; i < 20; i += 1) {
    const l = (low + high) / 2;
    const calm = 1 - 0.3 * l ** 4;
    found = [l, a / calm, b / calm];
    const turned = 1 - 0.113 * l - 0.697 * l * l + Math.hypot(a / calm, b / calm) * l ** 4;
    if (turned > goal) low = l;
    else high = l;
  }
  return ofOklab(...found);
}
