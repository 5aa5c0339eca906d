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

/** What is on the board, and what is only live. */
export type Layer = 'scene' | 'overlay';

/** Painted pixels, and the columns and rows that have any; `scale` is device per CSS pixels. */
interface Survey {
  count: number;
  columns: boolean[];
  rows: boolean[];
  scale: number;
}

/** Tools by the name that their button says. */
export type Tool =
  'Select' | 'Hand' | 'Pen' | 'Rectangle' | 'Ellipse' | 'Shape' | 'Line' | 'Arrow' | 'Text' | 'Note' | 'Eraser';

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

  /** Has a board made where none is yet. */
  async begin(): Promise<void> {
    const begin = this.page.getByRole('button', { name: 'Start a board here' });
    const loaded = this.page.locator('.connection[data-loaded="true"]');
    await expect(begin.or(loaded)).toBeVisible();
    if (await begin.isVisible()) await begin.click();
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
    const button = this.page.getByRole('radio', { name: tool, exact: true });
    await button.click();
    await expect(button).toBeChecked();
  }

  /** Presses, moves along the points and lets go. */
  async drag(...points: readonly Point[]): Promise<void> {
    await this.press(...points);
    await this.page.mouse.up();
  }

  /**
   * Draws along the points, all of it sent in one go and with its times: between two messages a busy machine
   * may pause as long as a person who holds a stroke still to make a shape of it.
   */
  async draw(...points: readonly Point[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    let timestamp = Date.now() / 1000;
    const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', [x, y]: Point, buttons: number) =>
      session.send('Input.dispatchMouseEvent', {
        type, x, y, button: 'left', buttons, clickCount: 1, timestamp: (timestamp += 0.01),
      });
    const [first = [0, 0], last = first] = [points[0], points.at(-1)];
    await this.page.mouse.move(...first);
    await Promise.all([
      send('mousePressed', first, 1),
      ...points.map((point) => send('mouseMoved', point, 1)),
      send('mouseReleased', last, 0),
    ]);
    await this.page.mouse.move(...last);
    await session.detach();
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

  /** Drops a file on the board, as a browser hands it on. */
  async dropFile(name: string, file: string | Buffer, [clientX, clientY]: Point, type = ''): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle(([name, base64, type]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type }));
      return data;
    }, [name, Buffer.from(file).toString('base64'), type] as const);
    for (const event of ['dragenter', 'dragover', 'drop']) {
      await this.board.dispatchEvent(event, { dataTransfer, clientX, clientY });
    }
  }

  /** A key on the board. */
  async key(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Asks for the menu in some way until it is there: it is one of the things that come late. */
  async menu(ask: () => Promise<void>): Promise<Locator> {
    const menu = this.page.getByRole('menu', { name: 'What can be done here' });
    await expect(async () => {
      await ask();
      await expect(menu).toBeVisible({ timeout: 1_000 });
    }).toPass();
    return menu;
  }

  /** How many pixels of a layer are painted within a region. */
  async painted(layer: Layer, region: Region): Promise<number> {
    return (await this.#survey(layer, region)).count;
  }

  /**
   * How many things lie one above the other with blank rows between them, anywhere in view:
   * for boards whose place on the screen depends on when they were opened.
   */
  async bands(): Promise<number> {
    const { rows } = await this.#survey('scene');
    return rows.filter((painted, y) => painted && !rows[y - 1]).length;
  }

  /** From the first to the last painted column of a layer, in CSS pixels; 0 when it is blank. */
  async breadth(layer: Layer): Promise<number> {
    const { columns, scale } = await this.#survey(layer);
    const first = columns.indexOf(true);
    return first < 0 ? 0 : (columns.lastIndexOf(true) - first + 1) / scale;
  }

  /** Which columns of a region a person sees anything in, whatever shows it; its corner is blank. */
  async seen(region: Region): Promise<boolean[]> {
    const { data, width } = await this.#picture(region);
    const blank = [0, 1, 2].map((channel) => data[channel] ?? 0);
    const columns = new Array<boolean>(width).fill(false);
    for (let i = 0; i < data.length; i += 4) {
      // Antialiasing leaves traces that nobody sees.
      const far = blank.some((value, channel) => Math.abs((data[i + channel] ?? 0) - value) > 60);
      if (far) columns[(i / 4) % width] = true;
    }
    return columns;
  }

  /** The different colours in a region, as `red,green,blue`. */
  async colors(region: Region): Promise<string[]> {
    const { data } = await this.#picture(region);
    const found = new Set<string>();
    for (let i = 0; i < data.length; i += 4) found.add(data.slice(i, i + 3).join());
    return [...found];
  }

  /** What a person sees of a region, four numbers to a device pixel. */
  async #picture(region: Region): Promise<{ data: Uint8ClampedArray; width: number }> {
    const picture = (await this.page.screenshot({ clip: region })).toString('base64');
    return this.page.evaluate(async (picture) => {
      const bytes = Uint8Array.from(atob(picture), (byte) => byte.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]));
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context?.drawImage(image, 0, 0);
      return { data: context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray(), width };
    }, picture);
  }

  /** Which device pixels of a layer are painted, as it is seen, within a region or all of it. */
  async #survey(layer: Layer, region?: Region): Promise<Survey> {
    return this.page.evaluate(([layer, region]) => {
      const scale = devicePixelRatio;
      const { x, y, width, height } = region ?? { x: 0, y: 0, width: innerWidth, height: innerHeight };
      const seen = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
      const context = seen.getContext('2d');
      for (const canvas of document.querySelectorAll<HTMLCanvasElement>(`canvas.${layer}, .${layer} canvas`)) {
        const at = canvas.getBoundingClientRect();
        if (at.width > 0) context?.drawImage(canvas, Math.round((at.x - x) * scale), Math.round((at.y - y) * scale));
      }
      const columns = new Array<boolean>(seen.width).fill(false);
      const rows = new Array<boolean>(seen.height).fill(false);
      let count = 0;
      const data = context?.getImageData(0, 0, seen.width, seen.height).data ?? [];
      for (let i = 3; i < data.length; i += 4) {
        if (data[i] === 0) continue;
        const pixel = (i - 3) / 4;
        count += 1;
        columns[pixel % seen.width] = rows[Math.floor(pixel / seen.width)] = true;
      }
      return { count, columns, rows, scale };
    }, [layer, region] as const);
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
    await this.press(...paths);
    await this.up();
  }

  /** The same, and they stay down. */
  async press(...paths: readonly (readonly Point[])[]): Promise<void> {
    const length = Math.max(...paths.map((path) => path.length));
    for (let step = 0; step < length; step += 1) {
      await this.#send(step === 0 ? 'touchStart' : 'touchMove', paths, step);
    }
  }

  /** Two taps at one place, sent in one go. */
  async doubleTap(at: Point): Promise<void> {
    await Promise.all([this.down(at), this.up(), this.down(at), this.up()]);
  }

  /** Puts one finger down, which stays. */
  async down(at: Point): Promise<void> {
    await this.#send('touchStart', [[at]], 0);
  }

  /** Lifts all of them. */
  async up(): Promise<void> {
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

/** The same along a bow: a stroke that looks like no shape, however long it is held at its end. */
export function bow(from: Point, to: Point): Point[] {
  const across = (to[0] - from[0]) / 5;
  return path(from, to).map(([x, y], i, { length }) => [x, y + across * Math.sin((Math.PI * i) / (length - 1))] as const);
}
