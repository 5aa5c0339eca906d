/**
 * Small pictures of boards, so that people find theirs again on the start page.
 * Owns making and keeping them in this browser; a board without one is fine everywhere.
 */
import type { Player } from './display-list';
import { PICTURES, openDatabase, result, transact } from './idb';
import { ofBoard } from './of-board';
import { noteCover } from './recents';
import type { Shell } from './shell';

/** What a board looked like when it was last seen here; transparent where it is bare. */
export interface Picture {
  board: string;
  /** For a light page. */
  light: Blob;
  /** For a dark page. */
  dark: Blob;
}

/** Who paints a board; its lists are in CSS pixels of the picture. */
export interface Artist {
  readonly player: Player;
  /** Begins a picture; false when there is nothing to be seen. */
  begin(width: number, height: number): boolean;
  /** The next slice, light and dark; empty when the picture is done. */
  slice(): readonly Uint32Array[];
}

/** A board's own engine as its artist. */
export function artistOf(player: Player, shell: Shell): Artist {
  return {
    player,
    begin: (width, height) => shell.run((engine) => engine.beginPicture(width, height)) ?? false,
    slice: () => shell.run((engine) => engine.picture()) ?? [],
  };
}

/** The size of a card, CSS pixels. */
const WIDTH = 240;
const HEIGHT = 150;
/** Pixels of a picture per CSS pixel: sharp on most screens. */
const DENSITY = 2;
/** Drawing settles for this long before it is worth a picture. */
const SETTLED = 1_000;
/** A busy machine may never be idle; a picture waits no longer for that, ms. */
const PATIENCE = 2_000;
/** What a board shows may be on its way for so long, ms. */
const ON_ITS_WAY = 10_000;
/** Whoever draws on is not bothered more often. */
const PACE = 60_000;

let database: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return (database ??= openDatabase());
}

/** The picture of a board, if there is one. */
export async function pictureOf(board: string): Promise<Picture | undefined> {
  const store = (await open()).transaction(PICTURES).objectStore(PICTURES);
  const picture = await result<Partial<Picture> | undefined>(store.get(board));
  // An earlier page kept pictures of another kind.
  return picture?.light && picture.dark ? (picture as Picture) : undefined;
}

/** The server's picture of a board that this browser has none of, as large as a card or smaller. */
export async function servedPicture(board: string, theme: 'light' | 'dark'): Promise<Blob | undefined> {
  const size = `${WIDTH * DENSITY},${HEIGHT * DENSITY}`;
  const answer = await ofBoard(board, `picture.png?fit=${size}&theme=${theme}&transparent`);
  return answer.ok ? answer.blob() : undefined;
}

/** Where a picture is on a card, and how large that is, pixels of the picture. */
export function placeOf(picture: ImageBitmap): { width: number; height: number; x: number; y: number } {
  const [width, height] = [WIDTH * DENSITY, HEIGHT * DENSITY];
  return { width, height, x: Math.round((width - picture.width) / 2), y: Math.round((height - picture.height) / 2) };
}

/** Removes the pictures of all other boards. */
export async function keepOnly(boards: readonly string[]): Promise<void> {
  const kept = new Set(boards);
  await transact(await open(), PICTURES, (store) => {
    const request = store.getAllKeys();
    request.onsuccess = () => {
      for (const key of request.result) if (typeof key !== 'string' || !kept.has(key)) store.delete(key);
    };
  });
}

/**
 * Renews a board's picture when it is time: once drawing has settled, and before people leave.
 * `revision` changes with what is on the board.
 */
export function keepPictures(board: string, artist: Artist, revision: () => number): void {
  /** The revision that the picture shows, and the last one that was looked at. */
  let [kept, seen] = [-1, -1];
  let last = -PACE;
  let busy = false;
  /** What the list of boards says. */
  let pictured = false;
  const note = (): void => {
    if (pictured === (revision() === kept)) return;
    pictured = !pictured;
    // Told anew each time: other tabs hear of nothing that is as it was.
    noteCover(board, { pictured: pictured ? Date.now() : 0 });
  };
  const renew = async (leaving: boolean): Promise<void> => {
    const now = revision();
    const settled = now === seen && performance.now() - last >= PACE;
    seen = now;
    note();
    if (busy || now === kept || !(settled || leaving)) return;
    busy = true;
    try {
      if (await makePicture(board, artist)) last = performance.now();
      kept = now;
      note();
    } catch {
      // No storage, no pictures: nothing else depends on them.
      clearInterval(timer);
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void renew(false), SETTLED);
  void renew(true);
  // A page that is left has no time any more: what is missing is made on the start page.
  addEventListener('pagehide', note);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void renew(true);
  });
  // Most go there through the menu, and find it done.
  document.addEventListener('toggle', (event) => {
    const { newState, target } = event as ToggleEvent;
    if (newState === 'open' && target instanceof Element && target.id === 'menu-popover') void renew(true);
  }, { capture: true });
}

/** Paints and keeps a picture; false when there is nothing to be seen, and none is kept. */
export async function makePicture(board: string, artist: Artist): Promise<boolean> {
  await breath();
  const { player } = artist;
  let lacks = await paintAndKeep(board, artist);
  if (lacks && player.settled) {
    // What the board shows was not decoded yet.
    await Promise.race([player.settled(), new Promise((late) => setTimeout(late, ON_ITS_WAY))]);
    lacks = await paintAndKeep(board, artist);
  }
  return lacks !== undefined;
}

/** Whether files were lacking that it shows; undefined when there is nothing to be seen. */
async function paintAndKeep(board: string, artist: Artist): Promise<boolean | undefined> {
  if (!artist.begin(WIDTH, HEIGHT)) {
    await transact(await open(), PICTURES, (store) => store.delete(board));
    return undefined;
  }
  const { player } = artist;
  let lacks = false;
  const contexts = [canvas(), canvas()].map((one) => one.getContext('2d'));
  for (const context of contexts) if (context) player.clear(context, DENSITY);
  for (let lists = artist.slice(); lists.length > 0; lists = artist.slice()) {
    player.lacks = false;
    contexts.forEach((context, i) => context && player.add(context, lists[i] ?? new Uint32Array()));
    lacks ||= player.lacks;
    await breath();
  }
  const [light, dark] = await Promise.all(
    contexts.map((context) => context?.canvas.convertToBlob({ type: 'image/webp', quality: 0.85 })),
  );
  if (light && dark) await transact(await open(), PICTURES, (store) => store.put({ board, light, dark }));
  return lacks;
}

function canvas(): OffscreenCanvas {
  return new OffscreenCanvas(WIDTH * DENSITY, HEIGHT * DENSITY);
}

/** Lets everything else go first. */
export function breath(): Promise<void> {
  return new Promise((go) => {
    const idle = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined;
    if (idle && !document.hidden) return void idle(() => go(), { timeout: PATIENCE });
    // Timers of a page that is not seen are slow.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => go();
    port2.postMessage(undefined);
  });
}
