/**
 * Small pictures of boards, so that people find theirs again on the start page.
 * Owns making and keeping them in this browser; a board without one is fine everywhere.
 */
import { PICTURES, openDatabase, result, transact } from './idb';

/** What a board looked like when it was last seen here. */
export interface Picture {
  board: string;
  /** Transparent where the board is bare. */
  image: Blob;
  /** Whether it was painted for a dark ground. */
  dark: boolean;
}

/** Twice the size at which they are shown. */
const WIDTH = 480;
const HEIGHT = 300;
/** Drawing settles for this long before it is worth a picture. */
const INTERVAL = 1_000;

let database: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return (database ??= openDatabase());
}

/** The picture of a board, if there is one. */
export async function pictureOf(board: string): Promise<Picture | undefined> {
  const store = (await open()).transaction(PICTURES).objectStore(PICTURES);
  return result<Picture | undefined>(store.get(board));
}

/** Removes the picture of a board. */
export async function dropPicture(board: string): Promise<void> {
  try {
    await transact(await open(), PICTURES, (store) => store.delete(board));
  } catch {
    // Without storage there is nothing to remove.
  }
}

/** Renews a board's picture now and then. `now.version` changes with the scene; 0 is no scene. */
export function keepPictures(
  board: string,
  drawOn: (target: HTMLCanvasElement) => void,
  now: () => { version: number; dark: boolean },
): void {
  let kept = 0;
  let seen = 0;
  const renew = (evenUnsettled: boolean): void => {
    const { version, dark } = now();
    const settled = version === seen || evenUnsettled;
    seen = version;
    if (!settled || version === kept || version === 0) return;
    kept = version;
    // No storage, no pictures: nothing else depends on them.
    keep({ board, dark }, drawOn).catch(() => clearInterval(timer));
  };
  const timer = setInterval(() => renew(false), INTERVAL);
  document.addEventListener('visibilitychange', () => renew(document.visibilityState === 'hidden'));
}

async function keep(
  about: Omit<Picture, 'image'>,
  drawOn: (target: HTMLCanvasElement) => void,
): Promise<void> {
  const small = document.createElement('canvas');
  small.width = WIDTH;
  small.height = HEIGHT;
  drawOn(small);
  const image = await new Promise<Blob | null>((done) => small.toBlob(done, 'image/webp', 0.85));
  if (image) await transact(await open(), PICTURES, (store) => store.put({ ...about, image }));
}
