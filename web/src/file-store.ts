/**
 * Pictures that this browser keeps: those that wait to be brought to the server, and those that were seen.
 * Owns a database of its own, and how much of what was seen stays. Asks no server; without storage it
 * keeps what waits in memory.
 */
import { result, transact } from './idb';

/** What the engine says of a file. */
export interface Facts {
  /** Its SHA-256. */
  hash: string;
  media: string;
  width: number;
  height: number;
}

/** A file that the server does not have yet. */
export interface Waiting extends Facts {
  board: string;
  blob: Blob;
  /** Why the server did not take it. */
  failed?: string | undefined;
  /** Since when it waits, ms since 1970. */
  since: number;
}

interface Seen {
  hash: string;
  blob: Blob;
  /** When it was last looked at, ms since 1970. */
  used: number;
}

const NAME = 'drawbridge files';
const WAITING = 'waiting';
const SEEN = 'seen';
/** Bytes of what was seen that stay. */
const MOST = 256 << 20;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(WAITING, { keyPath: ['board', 'hash'] });
      request.result.createObjectStore(SEEN, { keyPath: 'hash' });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('storage refused'));
  });
}

/** The files of one board in this browser. Every method settles. */
export class FileStore {
  readonly #board: string;
  readonly #database: Promise<IDBDatabase | undefined>;
  /** What waits, also where nothing can be stored. */
  readonly #waiting = new Map<string, Waiting>();

  constructor(board: string) {
    this.#board = board;
    this.#database = open().catch(() => undefined);
  }

  /** Everything of this board that the server lacks, also what other tabs have left. */
  async waiting(): Promise<Waiting[]> {
    const all = await this.#read<Waiting[]>(WAITING, (store) =>
      store.getAll(IDBKeyRange.bound([this.#board], [this.#board, []])));
    for (const one of all ?? []) this.#waiting.set(one.hash, one);
    const kept = new Set(all?.map(({ hash }) => hash));
    // Another tab may have brought it.
    if (all) for (const hash of this.#waiting.keys()) if (!kept.has(hash)) this.#waiting.delete(hash);
    return [...this.#waiting.values()];
  }

  /** Keeps a file until it has been brought; false when only this tab has it. */
  async wait(facts: Facts, blob: Blob, failed?: string): Promise<boolean> {
    const waiting: Waiting = { ...facts, board: this.#board, blob, failed, since: Date.now() };
    this.#waiting.set(facts.hash, waiting);
    return this.#write(WAITING, (store) => store.put(waiting));
  }

  /** The server has it: from now on it is one that was seen. */
  async brought({ hash, blob }: Waiting): Promise<void> {
    await this.see(hash, blob);
    await this.forget({ hash });
  }

  /** No longer keeps a file for the server. */
  async forget({ hash }: Pick<Waiting, 'hash'>): Promise<void> {
    this.#waiting.delete(hash);
    await this.#write(WAITING, (store) => store.delete([this.#board, hash]));
  }

  /** A file, if this browser has it, for whichever board. */
  async blob(hash: string): Promise<Blob | undefined> {
    const waits = this.#waiting.get(hash) ?? await this.#waitsSomewhere(hash);
    if (waits) return waits.blob;
    const seen = await this.#read<Seen | undefined>(SEEN, (store) => store.get(hash));
    if (seen) void this.see(hash, seen.blob);
    return seen?.blob;
  }

  async #waitsSomewhere(hash: string): Promise<Waiting | undefined> {
    const keys = await this.#read<[board: string, hash: string][]>(WAITING, (store) => store.getAllKeys());
    const key = keys?.find(([, waits]) => waits === hash);
    return key && this.#read<Waiting | undefined>(WAITING, (store) => store.get(key));
  }

  /** Keeps a file for days without network, as long as there is room. */
  async see(hash: string, blob: Blob): Promise<void> {
    await this.#write(SEEN, (store) => store.put({ hash, blob, used: Date.now() } satisfies Seen));
  }

  /** Throws away what was seen longest ago beyond what may stay. */
  async tidy(): Promise<void> {
    const all = (await this.#read<Seen[]>(SEEN, (store) => store.getAll())) ?? [];
    let room = MOST;
    const old = all.sort((a, b) => b.used - a.used).filter(({ blob }) => (room -= blob.size) < 0);
    if (old.length > 0) await this.#write(SEEN, (store) => old.forEach(({ hash }) => store.delete(hash)));
  }

  async #read<T>(name: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
    try {
      const database = await this.#database;
      if (!database) return undefined;
      return await result<T>(ask(database.transaction(name).objectStore(name)));
    } catch {
      return undefined;
    }
  }

  async #write(name: string, work: (store: IDBObjectStore) => void): Promise<boolean> {
    try {
      const database = await this.#database;
      if (!database) return false;
      await transact(database, name, work);
      return true;
    } catch {
      return false;
    }
  }
}
