/**
 * The page as the browser keeps it, so that it opens without network.
 * Owns the worker's registration, and whether a newer version of the page is ready. What is kept and
 * when it goes is the worker's. Imports nothing: what it shared would be split off from the first load.
 */

const WORKER = '/sw.js';
/** Nobody waits longer for a newer version before hearing what it is for, ms. */
const PATIENCE = 20_000;
/** A version that waits is asked so often to begin, ms: a busy browser misses the moment when it could. */
const NUDGE = 3_000;
/** A version that could not be fetched is fetched again after so long, ms; each time four times as long. */
const AGAIN = 2_000;
const TRIES = 4;

/** What hears of the page's keeping. */
interface Hearer {
  /** It opens without network from now on. */
  kept(): void;
  /** The next navigation gets another version. */
  outdated(): void;
}

/** Has the page kept, of which this version runs. */
export async function keepPage(version: string, hearer: Hearer): Promise<void> {
  // While developing, an old page would be in the way.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const workers = navigator.serviceWorker;
  const look = async () => {
    if (await isOutdated(version)) hearer.outdated();
  };
  workers.addEventListener('controllerchange', () => void look().catch(() => undefined));
  const registration = await workers.register(WORKER, { updateViaCache: 'none' });
  let failed = 0;
  const usher = () => usherIn(registration.installing, () => {
    failed += 1;
    if (failed < TRIES) setTimeout(() => void renewPage(), AGAIN * 4 ** (failed - 1));
  });
  registration.addEventListener('updatefound', usher);
  usher();
  await workers.ready;
  hearer.kept();
  await look();
  // A newer worker the browser looks for by itself whenever a page is opened, but never for none.
  await leaveIfNone(registration);
}

/** Gets the newest version, if there is another; settles when it is ready or cannot be had. */
export async function renewPage(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration) return;
  const coming = await comingTo(registration) ?? await comingTo(registration, AGAIN);
  if (!coming) return;
  await new Promise<void>((settled) => {
    setTimeout(settled, PATIENCE);
    coming.addEventListener('statechange', () => {
      if (coming.state === 'activated' || coming.state === 'redundant') settled();
    });
  });
}

/**
 * Looks for another version, after a while. Who asks while the browser is looking by itself is told what that
 * finds, which may have been sent by the server of before: so a second look is worth it.
 */
async function comingTo(registration: ServiceWorkerRegistration, after = 0): Promise<ServiceWorker | null> {
  await new Promise((over) => setTimeout(over, after));
  try {
    await registration.update();
  } catch {
    await leaveIfNone(registration);
  }
  return registration.installing ?? registration.waiting;
}

/** Sees to it that a version begins once it is all here; tells when it could not be had. */
function usherIn(coming: ServiceWorker | null, failed: () => void): void {
  if (!coming) return;
  const timer = setInterval(() => {
    if (coming.state === 'installed') coming.postMessage('begin');
  }, NUDGE);
  coming.addEventListener('statechange', () => {
    if (coming.state !== 'activated' && coming.state !== 'redundant') return;
    clearInterval(timer);
    if (coming.state === 'redundant') failed();
  });
}

async function isOutdated(version: string): Promise<boolean> {
  const page = await fetch('/');
  return page.ok && !(await page.text()).includes(version);
}

/** A server that went back to before there was a worker must not be served by one. */
async function leaveIfNone(registration: ServiceWorkerRegistration): Promise<void> {
  const answer = await fetch(WORKER, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  if (answer?.status === 404) await registration.unregister();
}
