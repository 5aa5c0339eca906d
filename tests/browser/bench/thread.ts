/** What something costs the main thread of a page. Owns how that is measured. */
import type { CDPSession, Page } from '@playwright/test';

/** Times of one step, ms. */
export interface Cost {
  task: number;
  script: number;
}

/** The main thread of one page. */
export class Thread {
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #busy: () => Promise<Cost>;

  private constructor(page: Page, session: CDPSession, busy: () => Promise<Cost>) {
    this.#page = page;
    this.#session = session;
    this.#busy = busy;
  }

  static async of(page: Page): Promise<Thread> {
    const session = await page.context().newCDPSession(page);
    // The thread's own time, so that other work on the machine does not count.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Thread(page, session, async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
      return { task: of('TaskDuration') * 1_000, script: of('ScriptDuration') * 1_000 };
    });
  }

  /** Moves the mouse with its button down; the driver's own way runs scripts in the page, to look for drops. */
  async pull([x, y]: readonly [number, number]): Promise<void> {
    await this.#session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y, button: 'left', buttons: 1 });
  }

  /** The same as `frames`, less what asking for the frames costs. */
  async beside(count: number, during: (i: number) => Promise<void>): Promise<Cost> {
    const idle = await this.frames(count, () => Promise.resolve());
    const busy = await this.frames(count, during);
    return { task: busy.task - idle.task, script: busy.script - idle.script };
  }

  /** Does something so many times, each in a frame of its own; what one of them costs. */
  async frames(count: number, during: (i: number) => Promise<void>): Promise<Cost> {
    const before = await this.#busy();
    for (let i = 0; i < count; i += 1) {
      await during(i);
      await this.#page.evaluate(() => new Promise(requestAnimationFrame));
    }
    const after = await this.#busy();
    return { task: (after.task - before.task) / count, script: (after.script - before.script) / count };
  }
}
