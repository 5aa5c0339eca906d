/**
 * A touch screen with a pen, as the browser gets it from one, with times that the test says.
 * Owns which fingers are down; knows nothing of the page.
 */
import type { CDPSession, Page } from '@playwright/test';
import type { Point } from './board-page';

/** Where fingers are, by a number of each. */
export type FingersDown = Readonly<Record<number, Point>>;

/** The glass of one page. Times are in ms since it was made. */
export class Glass {
  readonly #session: CDPSession;
  readonly #begun = Date.now() / 1000;
  #down: FingersDown = {};

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<Glass> {
    return new Glass(await page.context().newCDPSession(page));
  }

  /**
   * These fingers are down at that time: they come and move accordingly. The browser lets none of
   * several go by itself; all of them go when there is none.
   */
  async fingers(ms: number, down: FingersDown): Promise<void> {
    const more = Object.keys(down).some((id) => !(Number(id) in this.#down));
    const none = Object.keys(down).length === 0;
    const type = none ? 'touchEnd' : more ? 'touchStart' : 'touchMove';
    const touchPoints = Object.entries(down).map(([id, [x, y]]) => ({ id: Number(id), x, y }));
    this.#down = down;
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp: this.#at(ms) });
  }

  /** The system takes all fingers away. */
  async cancel(): Promise<void> {
    this.#down = {};
    await this.#session.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
  }

  /** The pen touches the glass, moves on it, or leaves it. */
  async pen(ms: number, what: 'down' | 'move' | 'up', [x, y]: Point): Promise<void> {
    const type = { down: 'mousePressed', move: 'mouseMoved', up: 'mouseReleased' } as const;
    await this.#session.send('Input.dispatchMouseEvent', {
      type: type[what],
      pointerType: 'pen',
      button: 'left',
      buttons: what === 'up' ? 0 : 1,
      force: what === 'up' ? 0 : 0.5,
      clickCount: what === 'move' ? 0 : 1,
      timestamp: this.#at(ms),
      x,
      y,
    });
  }

  /** The mouse moves and no button is down, whatever the page heard of a release. */
  async hover([x, y]: Point): Promise<void> {
    await this.#session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', buttons: 0, x, y });
  }

  #at(ms: number): number {
    return this.#begun + ms / 1000;
  }
}
