/**
 * How a board is shown that is part of another page.
 * Owns what its address asks for; knows no engine and no widget.
 */

/** What `/embed/{board}` was asked for. */
export interface Embedding {
  /** The board is only shown. */
  views: boolean;
  /** The frame that is to be looked at, by its id or name. */
  frame: string | undefined;
}

/** Undefined where the page stands by itself. */
export const embedding: Embedding | undefined = read();

function read(): Embedding | undefined {
  if (!location.pathname.startsWith('/embed/')) return undefined;
  const { view, frame } = Object.fromEntries(new URLSearchParams(location.search));
  return { views: view !== undefined && view !== '0' && view !== 'false', frame };
}
