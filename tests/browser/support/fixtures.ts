/**
 * What a test starts with: a server, a board's name, and people who open it.
 * Owns their beginning and end, and fails a test whose pages complained.
 */
import { type BrowserContext, type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { BoardPage } from './board-page';
import { Complaints } from './complaints';
import { type Element, elementsOf } from './elements';
import { Link } from './link';
import { Server } from './server';
import { slowDown } from './slow';

export { expect };

/** How somebody opens the board. */
export interface Opening {
  /** Through a line that can be cut, instead of directly. */
  via?: Link;
  /** In a browser that is open already, as one more tab. */
  browser?: BrowserContext;
  /** Another board than the test's. */
  board?: string;
  /** Another kind of browser. */
  options?: BrowserContextOptions;
}

interface Fixtures {
  server: Server;
  board: string;
  complaints: Complaints;
  /** Opens the board as somebody new and waits until it is there. */
  open: (opening?: Opening) => Promise<BoardPage>;
  /** A line to the server. */
  line: () => Promise<Link>;
  /** The board's elements as the server has stored them, bottom first. */
  stored: () => Promise<Element[]>;
}

export const test = base.extend<Fixtures, { pace: void }>({
  pace: [async ({ browser }, use) => {
    slowDown(browser);
    await use();
  }, { scope: 'worker', auto: true }],
  server: async ({}, use, info) => {
    const server = await Server.create();
    await use(server);
    await server.remove();
    if (info.status !== info.expectedStatus) {
      await info.attach('server', { body: server.log, contentType: 'text/plain' });
    }
  },
  board: async ({ server }, use) => {
    await use(await server.newBoard());
  },
  complaints: async ({}, use) => {
    const complaints = new Complaints();
    await use(complaints);
    expect(complaints.list, 'what the pages complained about').toEqual([]);
  },
  line: async ({ server }, use) => {
    const links: Link[] = [];
    await use(async () => {
      const link = await Link.to(server.port);
      links.push(link);
      return link;
    });
    for (const link of links) link.close();
  },
  open: async ({ browser, server, board, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (opening: Opening = {}) => {
      const context = opening.browser ?? (await browser.newContext(opening.options));
      if (!opening.browser) contexts.push(context);
      const page = await context.newPage();
      const { via } = opening;
      await complaints.listen(page, () => (via?.wasCut ?? false) || server.wasDown);
      await page.goto(`${via?.url ?? server.url}/b/${opening.board ?? board}`);
      const opened = new BoardPage(page);
      // At a name that somebody thought of, the page asks before it makes a board.
      if (opening.board !== undefined) await opened.begin();
      await opened.saved();
      return opened;
    });
    for (const context of contexts) await context.close();
  },
  stored: async ({ server, board }, use) => {
    await use(async () => elementsOf(await server.document(board)));
  },
});
