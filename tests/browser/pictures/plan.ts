/** What is on the board of the pictures, and who looks at it. Owns both; takes no picture. */
import type { Browser, BrowserContext, BrowserContextOptions } from '@playwright/test';
import * as Y from 'yjs';
import type { Point } from '../support/board-page';

type Box = readonly [x: number, y: number, w: number, h: number];
interface Look {
  stroke?: string;
  fill?: string;
  width?: number;
  font?: number;
}

/** Puts elements on a document, each above the one before. */
class Easel {
  readonly doc = new Y.Doc();
  #count = 0;

  shape(kind: 'rectangle' | 'ellipse', box: Box, look: Look): void {
    this.#add(kind, box, null, look);
  }

  text(x: number, y: number, words: string, look: Look = {}): void {
    const id = this.#add('text', [x, y, 0, 0], null, look);
    this.doc.getText(`text:${id}`).insert(0, words);
  }

  stroke(kind: 'ink' | 'arrow', points: readonly Point[], look: Look): void {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    const box = [x, y, Math.max(...xs) - x, Math.max(...ys) - y] as const;
    this.#add(kind, box, encoded(points.map(([px, py]) => [px - x, py - y])), look);
  }

  #add(kind: string, box: Box, points: Uint8Array | null, { stroke, fill, width, font }: Look): string {
    const id = `p${this.#count}`;
    const order = `c${String((this.#count += 1)).padStart(4, '0')}`;
    const style = [stroke ?? null, fill ?? null, width ?? null, null, font ?? null];
    this.doc.getMap('elements').set(id, [kind, order, 'picture', ...box, 0, points, ...style]);
    return id;
  }
}

/** Points as the file format has them, with one pressure, in eighths. */
function encoded(points: readonly Point[]): Uint8Array {
  const bytes = [0, 5, points.length, 34];
  const seen: [number, number][] = [];
  for (const point of points) {
    const at = [Math.round(point[0] * 8), Math.round(point[1] * 8)] as [number, number];
    for (const axis of [0, 1] as const) {
      const [last, before] = [seen.at(-1)?.[axis] ?? 0, seen.at(-2)?.[axis]];
      const left = at[axis] - (before === undefined ? last : 2 * last - before);
      for (let rest = left < 0 ? -2 * left - 1 : 2 * left; ; rest = Math.floor(rest / 128)) {
        bytes.push(rest > 127 ? (rest % 128) | 128 : rest);
        if (rest < 128) break;
      }
    }
    seen.push(at);
  }
  return Uint8Array.from(bytes);
}

function curve(count: number, at: (t: number) => Point): Point[] {
  return Array.from({ length: count + 1 }, (_, i) => at(i / count));
}

/** A plan for a week, with what people say of it. */
export function plan(): Y.Doc {
  const easel = new Easel();
  const blue = { stroke: '#1971c2', fill: '#a5d8ff' };
  const green = { stroke: '#2f9e44', fill: '#b2f2bb' };
  const arrow = { stroke: '#495057', width: 2 };
  easel.text(0, 0, 'Where we go from here', { font: 34 });
  easel.stroke('ink', curve(40, (t) => [t * 372, 50 + Math.sin(t * 9) * 2.5 - t * 3]), { stroke: '#f08c00', width: 4 });
  easel.shape('ellipse', [0, 92, 132, 76], green);
  easel.text(42, 117, 'Idea', { font: 22 });
  easel.shape('rectangle', [206, 92, 140, 76], blue);
  easel.text(241, 117, 'Sketch', { font: 22 });
  easel.shape('rectangle', [420, 92, 140, 76], blue);
  easel.text(457, 117, 'Try it', { font: 22 });
  easel.stroke('arrow', [[140, 130], [198, 130]], arrow);
  easel.stroke('arrow', [[354, 130], [412, 130]], arrow);
  easel.stroke('ink', curve(70, (t) => {
    const turn = -1.9 + t * 7;
    return [490 + Math.cos(turn) * (92 + t * 5), 130 + Math.sin(turn) * (58 + t * 4)];
  }), { stroke: '#e03131', width: 4 });
  easel.shape('rectangle', [0, 206, 164, 82], { stroke: '#ffec99', fill: '#ffec99' });
  easel.text(16, 219, 'Ask five\npeople first', { font: 20 });
  easel.shape('rectangle', [184, 206, 164, 82], { stroke: '#eebefa', fill: '#eebefa' });
  easel.text(200, 219, 'Draw it\ntogether', { font: 20 });
  easel.text(412, 244, 'with everybody\nhere on Friday?', { font: 20, stroke: '#e03131' });
  easel.stroke('arrow', [[480, 236], [488, 200]], { stroke: '#e03131', width: 2 });
  return easel.doc;
}

/** A browser of somebody who has been here before. */
export async function person(
  browser: Browser,
  options: BrowserContextOptions,
  name: string,
  color: string,
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const profile = JSON.stringify({ browser: '0123456789abcdef'.replace('0', name.length.toString(16)), name, color });
  await context.addInitScript((profile) => {
    localStorage.setItem('drawbridge.profile', profile);
    localStorage.setItem('drawbridge.met', 'true');
  }, profile);
  return context;
}
