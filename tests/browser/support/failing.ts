/**
 * What no person does and every page must stand: an engine that traps, a server that ends the connection.
 * Owns how a test brings it about; the trap and the close are real.
 */
import type { BrowserContext, Page } from '@playwright/test';

/** For pages of this context: an engine that can be made to trap, and a line that can be ended from the server's side. */
export async function canFail(context: BrowserContext): Promise<(code: number) => Promise<void>> {
  await context.addInitScript(() => {
    // Below this address nothing of the engine lies: who reads there traps.
    const nowhere = 0xffffff00;
    const misled = <T extends (...given: number[]) => unknown>(call: T) => (at: number, ...rest: number[]) => {
      const state = window as { confused?: boolean };
      if (!state.confused) return call(at, ...rest);
      state.confused = false;
      return call(nowhere, ...rest);
    };
    const watched = (instance: WebAssembly.Instance) => {
      const entries = Object.entries(instance.exports) as [string, (...given: number[]) => unknown][];
      const exports = Object.fromEntries(entries.map(([name, one]) => [name, name === 'engine_tick' ? misled(one) : one]));
      return new Proxy(instance, { get: (made, name) => name === 'exports' ? exports : Reflect.get(made, name, made) });
    };
    const { instantiateStreaming, Instance } = WebAssembly;
    Object.assign(WebAssembly, {
      instantiateStreaming: async (...given: Parameters<typeof instantiateStreaming>) => {
        const { instance, module } = await instantiateStreaming(...given);
        return { instance: watched(instance), module };
      },
      // After a trap the page makes the next one of the same module.
      Instance: new Proxy(Instance, {
        construct: (made, given: ConstructorParameters<typeof Instance>) => watched(new made(...given)),
      }),
    });
  });
  const ends: ((code: number) => Promise<void>)[] = [];
  await context.routeWebSocket(/\/sync\//, (line) => {
    line.connectToServer();
    ends.push((code) => line.close({ code }));
  });
  return async (code) => void (await Promise.all(ends.map((end) => end(code))));
}

/** Has the next call of the engine trap. */
export async function confuse(page: Page): Promise<void> {
  await page.evaluate(() => void Object.assign(window, { confused: true }));
}
