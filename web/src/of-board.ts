/**
 * What the page asks the server for of a board, and brings to it.
 * Owns the addresses, so that whoever asks says who they are in one place; the socket is `socket.ts`.
 */

/** `sync` is all of a board; everything else stands below its address. */
function addressOf(board: string, what: string): string {
  const name = encodeURIComponent(board);
  return what === 'sync' ? `/sync/${name}` : `/v1/boards/${name}/${what}`;
}

/** Asks for something of a board. */
export function ofBoard(board: string, what: string, asked?: RequestInit): Promise<Response> {
  return fetch(addressOf(board, what), asked);
}

/** A request that brings something to a board and hears how far it has got, which `fetch` does not. */
export function toBoard(board: string, what: string): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open('PUT', addressOf(board, what));
  return request;
}
