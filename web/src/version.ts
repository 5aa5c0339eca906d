/**
 * Which version of the page runs, and that it is running.
 * Owns the version's name, the address of its first script; the worker keeps a version's files as long
 * as a lock of its name is held, so a tab that was closed or has crashed holds none.
 */

/** How the name of a lock begins; the version follows. The worker knows it too. */
const LOCK = 'drawbridge page ';

/** The running version: the address of the page's first script, which changes with every file. */
export const version = new URL(document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '', location.href).pathname;

/** Says that this version runs, until the tab is gone. */
export function holdVersion(): void {
  const forGood = () => new Promise<never>(() => undefined);
  // Where there are no locks, or none for this page, there is no worker either.
  navigator.locks?.request(LOCK + version, { mode: 'shared' }, forGood).catch(() => undefined);
}
