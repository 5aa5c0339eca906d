/**
 * A desk with a real pointer: a browser with a window under Xvfb, xdotool's mouse, xclip's marked words.
 * Owns their processes, and whether this machine has them.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, type BrowserType, type LaunchOptions, type Page, expect } from '@playwright/test';
import type { Point } from './board-page';

/** What of it is missing here. */
export function missingTools(): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const has = (name: string) => folders.some((folder) => existsSync(path.join(folder, name)));
  return ['Xvfb', 'xdotool', 'xclip'].filter((name) => !has(name));
}

/** One display with one browser on it. */
export class Desk {
  readonly browser: Browser;
  readonly #env: NodeJS.ProcessEnv;
  readonly #children: ChildProcess[];

  private constructor(browser: Browser, env: NodeJS.ProcessEnv, xvfb: ChildProcess) {
    this.browser = browser;
    this.#env = env;
    this.#children = [xvfb];
  }

  /** Starts a display that is free, and the browser on it. */
  static async start(type: BrowserType, options: LaunchOptions): Promise<Desk> {
    const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const lines = createInterface({ input: xvfb.stdio[3] as NodeJS.ReadableStream });
    const [display] = (await once(lines, 'line')) as [string];
    const env = { ...process.env, DISPLAY: `:${display}` };
    const args = [...(options.args ?? []), '--window-position=0,0', '--window-size=1280,900'];
    try {
      const browser = await type.launch({ ...options, args, headless: false, env });
      return new Desk(browser, env, xvfb);
    } catch (error) {
      xvfb.kill();
      throw error;
    }
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await this.browser.close();
    for (const child of this.#children) child.kill();
  }

  /** Marks words in some other window (`primary`), or copies them there (`clipboard`). */
  async select(selection: 'primary' | 'clipboard', words: string): Promise<void> {
    // It stays to hand the words out, until somebody else marks others.
    const owner = spawn('xclip', ['-quiet', '-selection', selection, '-in'], { env: this.#env, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#children.push(owner);
    owner.stdin?.end(words);
    const read = () => {
      try {
        return execFileSync('xclip', ['-selection', selection, '-out'], { env: this.#env, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
      } catch {
        return undefined;
      }
    };
    await expect.poll(read, { intervals: [20] }).toBe(words);
  }

  /** Presses the middle button at the first point, moves along the others, lets go. */
  async middle(page: Page, ...points: readonly [Point, ...Point[]]): Promise<void> {
    const [left, top] = await page.evaluate(() => {
      // Nothing tells when the page has heard of the button, but that it heard.
      document.documentElement.dataset['middle'] = 'down';
      const heard = () => (document.documentElement.dataset['middle'] = 'up');
      addEventListener('pointerup', heard, { once: true, capture: true });
      return [screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight];
    });
    points.forEach(([x, y], i) => {
      this.#pointer('mousemove', String(Math.round((left ?? 0) + x)), String(Math.round((top ?? 0) + y)));
      if (i === 0) this.#pointer('mousedown', '2');
    });
    this.#pointer('mouseup', '2');
    await expect(page.locator('html')).toHaveAttribute('data-middle', 'up');
  }

  #pointer(...command: string[]): void {
    execFileSync('xdotool', command, { env: this.#env });
  }
}
