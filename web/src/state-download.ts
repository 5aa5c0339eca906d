/**
 * The first load of a board over HTTP, with progress.
 * Owns the request and its failures; never looks into the state.
 */
import { ofBoard } from './of-board';
import { words } from './words';

/** Why a board could not be loaded. */
export class DownloadError extends Error {
  /** `refused`: asking again gives the same answer. */
  readonly kind: 'unreachable' | 'refused';

  constructor(kind: 'unreachable' | 'refused', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A board as it came. */
export interface Download {
  state: Uint8Array;
  /** The server knows no such board, and its name is none that the server has made. */
  absent: boolean;
}

/** Longer than any board: the server's own limit is far below it. */
const BYTE_LIMIT = 512 * 1024 * 1024;
/** A server that sends nothing for this long is not there. */
const SILENCE_LIMIT = 20_000;

/** Gives the board's state; `progress` hears the fraction that has come, when it is known. */
export async function downloadState(
  board: string,
  progress: (fraction: number) => void,
): Promise<Download> {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), SILENCE_LIMIT);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), SILENCE_LIMIT);
  };
  try {
    const response = await ofBoard(board, 'sync', { signal: abort.signal });
    heard();
    if (!response.ok) throw await refusal(response);
    const absent = response.headers.get('x-board') === 'absent';
    return { state: await collect(response, progress, heard), absent };
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    throw new DownloadError('unreachable', words.details.noAnswer);
  } finally {
    clearTimeout(timer);
  }
}

async function refusal(response: Response): Promise<DownloadError> {
  const isText = response.headers.get('content-type')?.startsWith('text/plain') ?? false;
  const said = isText ? (await response.text()).trim().slice(0, 300) : '';
  const kind = response.status >= 500 || response.status === 429 ? 'unreachable' : 'refused';
  return new DownloadError(kind, said || words.details.answered(response.status));
}

async function collect(
  response: Response,
  progress: (fraction: number) => void,
  heard: () => void,
): Promise<Uint8Array> {
  const expected = Number(response.headers.get('x-raw-length')) || 0;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    heard();
    chunks.push(part.value);
    length += part.value.length;
    if (length > BYTE_LIMIT) throw new DownloadError('refused', words.details.tooLarge);
    if (expected > 0) progress(Math.min(1, length / expected));
  }
  const state = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    state.set(chunk, at);
    at += chunk.length;
  }
  return state;
}
