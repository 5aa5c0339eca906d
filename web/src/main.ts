/**
 * Boot: which page this address means.
 * Owns the routes of the page and what is fetched first; knows no board.
 */
import { render, h } from 'preact';
import './base.css';
import { followAppearance } from './appearance';
import { Failure } from './ui/failure';

/** The board named by `/b/{board}`, percent-decoded once; undefined for the start page. */
function boardOf(path: string): string | undefined {
  const match = /^\/b\/([^/]+)\/?$/.exec(path);
  if (!match?.[1]) return undefined;
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return match[1];
  }
}

async function boot(root: HTMLElement): Promise<void> {
  followAppearance();
  const board = boardOf(location.pathname);
  // What one address needs, the other does not wait for.
  if (board === undefined) {
    const { StartPage } = await import('./start-page');
    return render(h(StartPage, {}), root);
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
