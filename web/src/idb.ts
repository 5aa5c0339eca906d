/**
 * IndexedDB with promises.
 * Owns opening the database and its object stores; knows no board's meaning.
 */

/** The store of rows, keyed by a number that the database counts up. */
export const ROWS = 'rows';
/** The index of rows by board. */
export const BY_BOARD = 'board';
/** The store of small pictures, keyed by board. */
export const PICTURES = 'pictures';
const NAME = 'drawbridge';
const VERSION = 1;
/** Private windows of some browsers never answer. */
const OPEN_LIMIT = 4_000;

/** Opens the database; rejects when this browser does not let us. */
export function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('the browser did not open its storage')), OPEN_LIMIT);
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const rows = request.result.createObjectStore(ROWS, { keyPath: 'id', autoIncrement: true });
      rows.createIndex(BY_BOARD, 'board');
      request.result.createObjectStore(PICTURES, { keyPath: 'board' });
    };
    request.onsuccess = () => {
      // A newer version of the page in another tab must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('storage refused'));
  });
}

/** The result of one request. */
export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage failed'));
  });
}

/** Runs `work` in one transaction and waits until it is committed. */
export function transact(
  database: IDBDatabase,
  store: string,
  work: (store: IDBObjectStore) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite', { durability: 'relaxed' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('storage aborted'));
    work(transaction.objectStore(store));
  });
}
