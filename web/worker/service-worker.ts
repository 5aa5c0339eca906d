/**
 * Serves the page's files without network, a whole version at a time.
 * Owns which versions are kept, and which is served. Never touches a board or any other answer of the
 * server: `fetch` below lets them through unseen.
 *
 * A version counts when all of its files are here. It then serves every navigation; tabs that run an
 * older one go on with the files of theirs, which stay until the last of those tabs is gone.
 */
import { away } from '../src/words/en-worker';

declare const self: ServiceWorkerGlobalScope;
/** What the build knows: a digest of the files, the first script, every file. */
declare const __PAGE__: { digest: string; version: string; files: readonly string[] };

const { digest, version, files } = __PAGE__;
const PREFIX = 'page ';
const OWN = PREFIX + digest;
/** How the name of a lock begins that a tab of a version holds: see `version.ts`. */
const LOCK = 'drawbridge page ';
/** The page, whatever board it shows. */
const PAGE = '/';
/** What the server says no with. */
const CARD = '/refusal.html';
/** Boards whose names need no decoding; whatever else there may be, the server judges. */
const BOARD = /^\/b\/[\w.~-]{1,128}$/;
/** What is never kept, and never answered for. */
const THROUGH = /^\/(embed|v1|auth|new|sign-in)(\/|$)/;
/** A file is one whatever a browser would rather have had it packed as. */
const SAME = { ignoreVary: true };

self.addEventListener('install', (event) => event.waitUntil(gather().then(() => self.skipWaiting())));
// Whoever waits for this version asks again: see `kept-page.ts`.
self.addEventListener('message', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  const navigates = request.mode === 'navigate';
  // Such answers depend on who asks, or lead elsewhere: the server's alone, also when it does not answer.
  if (THROUGH.test(pathname) || (navigates && search)) return;
  if (pathname === PAGE || (navigates && BOARD.test(pathname))) {
    event.respondWith(kept(OWN, PAGE, request));
    if (navigates) event.waitUntil(tidy());
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(kept(undefined, pathname, request));
  } else if (navigates) {
    event.respondWith(fetch(request).catch(card));
  }
});

/** Gets every file, or fails and leaves what serves as it is. */
async function gather(): Promise<void> {
  const cache = await caches.open(OWN);
  await Promise.all(files.map(async (file) => {
    // Files of one name are the same in every version, but for the pages.
    const named = file.startsWith('/assets/');
    const had = named ? await caches.match(file, SAME) : undefined;
    const answer = had ?? (await fetch(file, { cache: named ? 'default' : 'no-cache', priority: 'low' }));
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    await cache.put(file, answer);
  }));
  // The server may have got another version while this one was asked for.
  const page = await (await cache.match(PAGE, SAME))?.text();
  const all = await (await caches.open(OWN)).keys();
  if (page?.includes(version) && all.length >= files.length) return;
  await caches.delete(OWN);
  throw new Error('the server has another version now');
}

/** A file as it is kept, in one version or any; from the network when the browser threw it away. */
async function kept(cacheName: string | undefined, file: string, request: Request): Promise<Response> {
  const found = await caches.match(file, cacheName === undefined ? SAME : { ...SAME, cacheName });
  return found ?? fetch(request);
}

/** Throws away the versions that no tab runs. */
async function tidy(): Promise<void> {
  const { installing, waiting } = self.registration;
  // One that is being gathered is run by nobody yet.
  if (installing || waiting) return;
  const held = (await navigator.locks.query()).held ?? [];
  const running = held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : []));
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === OWN) continue;
    const cache = await caches.open(name);
    const found = await Promise.all(running.map((script) => cache.match(script, SAME)));
    if (!found.some(Boolean)) await caches.delete(name);
  }
}

/** What is shown for an address that only the server has, while it is out of reach. */
async function card(): Promise<Response> {
  const blank = await caches.match(CARD, { ...SAME, cacheName: OWN });
  if (!blank) return Response.error();
  let text = await blank.text();
  for (const [place, words] of Object.entries(away)) text = text.replaceAll(`{{${place}}}`, words);
  const policy = 'content-security-policy';
  const headers = { 'content-type': 'text/html; charset=utf-8', [policy]: blank.headers.get(policy) ?? '' };
  return new Response(text, { status: 503, headers });
}
