/**
 * Boot: which page this address means.
 * Owns the routes of the page and what is fetched first; knows no board.
 */
import { render, h } from 'preact';
import './base.css';
import { followAppearance } from './appearance';
import { Failure } from './ui/failure';
import { holdVersion, version } from './version';

/** The board named by `/b/{board}` or `/embed/{board}`, percent-decoded once; undefined for the start page. */
function boardOf(path: string): string | undefined {
  const match = /^\/(?:b|embed)\/([^/]+)\/?$/.exec(path);
  if (!match?.[1]) return undefined;
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return match[1];
  }
}

function whenIdle(work: () => void): void {
  const later = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1_000));
  later(work);
}

async function boot(root: HTMLElement): Promise<void> {
  followAppearance();
  holdVersion();
  const board = boardOf(location.pathname);
  // What one address needs, the other does not wait for.
  if (board === undefined) {
    const { StartPage } = await import('./start-page');
    render(h(StartPage, {}), root);
    return whenIdle(() => {
      // Whatever comes of it, this page is here already.
      const unheard = { kept: () => undefined, outdated: () => undefined };
      void import('./kept-page').then(({ keepPage }) => keepPage(version, unheard)).catch(() => undefined);
    });
  }
  // The engine is the largest part of the page: it is fetched while the rest still comes in.
  void import('./engine-load').then(({ loadEngine }) => loadEngine()).catch(() => undefined);
  try {
    const { openBoard } = await import('./board-page');
    await openBoard(root, board);
  } catch (error) {
    console.error(error);
    render(h(Failure, { failure: { kind: 'script', detail: String(error) } }), root);
  }
}

const root = document.getElementById('app');
if (root) void boot(root);
