/**
 * A board in a browser, as a person meets it: real mouse, real touch, what is shown.
 * Owns the selectors. Sees pixels and accessible names, and nothing inside the engine.
 */
import { type CDPSession, type Locator, type Page, expect } from '@playwright/test';

/** A place in CSS pixels of the page. */
export type Point = readonly [x: number, y: number];

/** A part of the page in CSS pixels. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One of the two canvases: what is on the board, and what is only live. */
export type Layer = 'scene' | 'overlay';

/** Tools by the name that their button says. */
export type Tool =
  'Select' | 'Hand' | 'Pen' | 'Rectangle' | 'Ellipse' | 'Line' | 'Arrow' | 'Text' | 'Eraser';

/** One open board. */
export class BoardPage {
  readonly page: Page;
  readonly board: Locator;
  readonly connection: Locator;
  readonly textField: Locator;
  readonly undo: Locator;
  readonly redo: Locator;

  constructor(page: Page) {
    this.page = page;
    this.board = page.getByRole('application', { name: 'Board' });
    this.connection = page.getByRole('status', { name: 'Connection' });
    this.textField = page.locator('.text-field');
    this.undo = page.getByRole('button', { name: 'Undo' });
    this.redo = page.getByRole('button', { name: 'Redo' });
  }

  /** Waits until the board is loaded and everything is saved. */
  async saved(): Promise<void> {
    await expect(this.connection).toHaveAttribute('data-loaded', 'true');
    await expect(this.connection).toHaveAttribute('data-state', 'saved');
  }

  /** Waits until this many changes wait for the server. */
  async waiting(count: number): Promise<void> {
    await expect(this.connection).toHaveAttribute('data-waiting', String(count));
  }

  /** Takes a tool from the bar. */
  async take(tool: Tool): Promise<void> {
    const button = this.page.getByRole('radio', { name: tool });
    await button.click();
    await expect(button).toBeChecked();
  }

  /** Presses, moves along the points and lets go. */
  async drag(...points: readonly Point[]): Promise<void> {
    await this.press(...points);
    await this.page.mouse.up();
  }

  /** Presses at the first point and moves along the others; the button stays down. */
  async press(...points: readonly Point[]): Promise<void> {
    const [first = [0, 0], ...rest] = points;
    await this.page.mouse.move(...first);
    await this.page.mouse.down();
    for (const point of rest) await this.page.mouse.move(...point, { steps: 6 });
  }

  /** Clicks on the board. */
  async click(point: Point, modifiers?: { shift: boolean }): Promise<void> {
    if (modifiers?.shift) await this.page.keyboard.down('Shift');
    await this.page.mouse.click(...point);
    if (modifiers?.shift) await this.page.keyboard.up('Shift');
  }

  /** A key on the board. */
  async key(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** How many pixels of a canvas are painted within a region. */
  async painted(layer: Layer, region: Region): Promise<number> {
    return this.page.evaluate(([layer, { x, y, width, height }]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`canvas.${layer}`);
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return 0;
      const scale = canvas.width / canvas.clientWidth;
      const [left, top] = [x * scale, y * scale];
      const { data } = context.getImageData(left, top, width * scale, height * scale);
      let count = 0;
      for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 0) count += 1;
      return count;
    }, [layer, region] as const);
  }

  /**
   * How many things lie one above the other with blank rows between them, anywhere in view:
   * for boards whose place on the screen depends on when they were opened.
   */
  async bands(): Promise<number> {
    return this.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.scene');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return 0;
      const { width, height } = canvas;
      const { data } = context.getImageData(0, 0, width, height);
      let [count, inside] = [0, false];
      for (let y = 0; y < height; y += 1) {
        let painted = false;
        for (let x = 0; x < width && !painted; x += 1) painted = data[(y * width + x) * 4 + 3] !== 0;
        if (painted && !inside) count += 1;
        inside = painted;
      }
      return count;
    });
  }

  /** From the first to the last painted column of a canvas, in CSS pixels; 0 when it is blank. */
  async breadth(layer: Layer): Promise<number> {
    return this.page.evaluate((layer) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`canvas.${layer}`);
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return 0;
      const { width, height } = canvas;
      const { data } = context.getImageData(0, 0, width, height);
      let [left, right] = [width, -1];
      for (let i = 3; i < data.length; i += 4) {
        if (data[i] === 0) continue;
        const x = ((i - 3) / 4) % width;
        left = Math.min(left, x);
        right = Math.max(right, x);
      }
      return (Math.max(0, right - left + 1) * canvas.clientWidth) / width;
    }, layer);
  }

  /** Waits until so many things lie one above the other. */
  async showsBands(count: number): Promise<void> {
    await expect.poll(() => this.bands(), { intervals: [30] }).toBe(count);
  }

  /** Waits until something is painted there. */
  async shows(layer: Layer, region: Region): Promise<void> {
    const seen = () => this.painted(layer, region);
    await expect.poll(seen, { intervals: [30], message: `${layer} shows nothing` }).toBeGreaterThan(0);
  }

  /** Waits until nothing is painted there. */
  async isBlank(layer: Layer, region: Region): Promise<void> {
    const seen = () => this.painted(layer, region);
    await expect.poll(seen, { intervals: [30], message: `${layer} is not blank` }).toBe(0);
  }

  /** Fingers on the screen, as the browser gets them from a touch screen. */
  async fingers(): Promise<Fingers> {
    return new Fingers(await this.page.context().newCDPSession(this.page));
  }
}

/** Touches by the browser's own input pipeline. */
export class Fingers {
  readonly #session: CDPSession;

  constructor(session: CDPSession) {
    this.#session = session;
  }

  /** Puts fingers down, moves each along its points together, lifts them. */
  async swipe(...paths: readonly (readonly Point[])[]): Promise<void> {
    const length = Math.max(...paths.map((path) => path.length));
    for (let step = 0; step < length; step += 1) {
      await this.#send(step === 0 ? 'touchStart' : 'touchMove', paths, step);
    }
    await this.#session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  async #send(
    type: 'touchStart' | 'touchMove',
    paths: readonly (readonly Point[])[],
    step: number,
  ): Promise<void> {
    const touchPoints = paths.map((path, id) => {
      const [x, y] = path[Math.min(step, path.length - 1)] ?? [0, 0];
      return { x, y, id };
    });
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

/** Points from one place to another, both included. */
export function path(from: Point, to: Point, steps = 12): Point[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const along = i / steps;
    return [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along] as const;
  });
}
