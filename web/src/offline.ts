/**
 * What this browser keeps of a board, so that no change is lost without network.
 * Owns an append-only log of rows in IndexedDB (own updates and snapshots) and its folding.
 * Knows neither engine nor socket; every tab adds its own rows and deletes only what it has read.
 */
import { BY_BOARD, ROWS, openDatabase, result, transact } from './idb';

/** One stored piece of a board. */
export interface Row {
  id: number;
  board: string;
  /** An update that any Yjs program reads. */
  update: Uint8Array;
  /** How many own changes in it the server has not confirmed. */
  unsaved: number;
  /** Whether it is a whole document rather than one change. */
  whole: boolean;
}

/** A row that this tab has in its document. */
interface Held {
  /** The engine's number of the update; 0 for what was read at the start. */
  number: number;
  unsaved: number;
}

/** Marking rows as saved can lag: a crash in between only makes the page say "waiting" once more. */
const MARK_DELAY = 400;

/** The local log of one board. Every method settles; trouble is told once through `onTrouble`. */
export class Offline {
  readonly #board: string;
  readonly #onTrouble: () => void;
  readonly #held = new Map<number, Held>();
  #database: IDBDatabase | undefined;
  #queue: Promise<void> = Promise.resolve();
  #appended = 0;
  /** Counts the times that everything was read. */
  #epoch = 0;
  #marking: ReturnType<typeof setTimeout> | undefined;
  /** Own updates up to here are on the server. */
  #through = 0;
  /** Own changes that are not, those read at the start included. */
  #waiting = Infinity;
  /** Rows that are saved but do not say so yet. */
  readonly #stale = new Set<number>();

  private constructor(board: string, onTrouble: () => void) {
    this.#board = board;
    this.#onTrouble = onTrouble;
  }

  /** Opens the log; without storage it works as an empty one that forgets. */
  static async open(board: string, onTrouble: () => void): Promise<Offline> {
    const log = new Offline(board, onTrouble);
    try {
      log.#database = await openDatabase();
    } catch (error) {
      console.warn('no offline storage:', error);
      onTrouble();
    }
    return log;
  }

  /** How many rows the next folding would replace. */
  get length(): number {
    return this.#held.size;
  }

  /** Everything stored, whole documents first; from now on it counts as read. Numbers start anew. */
  async read(): Promise<Row[]> {
    await this.#queue;
    this.#epoch += 1;
    this.#held.clear();
    this.#appended = this.#through = 0;
    this.#waiting = Infinity;
    const rows = await this.#rows();
    for (const { id, unsaved } of rows) this.#held.set(id, { number: 0, unsaved });
    return rows.sort((a, b) => Number(b.whole) - Number(a.whole) || a.id - b.id);
  }

  /** A row that was read is not in the document after all: no folding may delete it. */
  letGo(id: number): void {
    this.#held.delete(id);
  }

  /** Appends own updates in the engine's order; settles once they are committed. */
  append(updates: readonly Uint8Array[]): Promise<void> {
    const first = this.#appended + 1;
    this.#appended += updates.length;
    return this.#write((rows) => {
      updates.forEach((update, i) => {
        const row = { board: this.#board, update, unsaved: 1, whole: false };
        const request = rows.add(row);
        request.onsuccess = () => this.#hold(Number(request.result), { number: first + i, unsaved: 1 });
      });
    });
  }

  /** The server has confirmed updates up to `through`, and everything when `waiting` is 0. */
  saved(through: number, waiting: number): void {
    this.#through = through;
    this.#waiting = waiting;
    for (const [id, held] of this.#held) this.#markIfSaved(id, held);
  }

  /** Replaces all that this tab has read or written by `state`, in which `waiting` are unsaved. */
  async fold(state: Uint8Array, waiting: number): Promise<void> {
    const upTo = this.#appended;
    const epoch = this.#epoch;
    await this.#alone(() =>
      this.#write((rows) => {
        // Read anew meanwhile, for a new engine: the numbers mean other rows now.
        if (epoch !== this.#epoch) return;
        const contained = [...this.#held].filter(([, held]) => held.number <= upTo);
        const unsaved = Math.min(waiting, this.#waiting);
        const row = { board: this.#board, update: state, unsaved, whole: true };
        const request = rows.add(row);
        for (const [id] of contained) rows.delete(id);
        request.onsuccess = () => {
          for (const [id] of contained) this.#held.delete(id);
          this.#hold(Number(request.result), { number: 0, unsaved });
        };
      }),
    );
  }

  /** Puts everything stored aside under a name that no board has, and gives it. */
  async setAside(now: number): Promise<Row[]> {
    const rows = await this.#rows();
    const name = `${this.#board} set aside ${new Date(now).toISOString()}`;
    await this.#write((store) => {
      for (const row of rows) store.put({ ...row, board: name });
    });
    return rows;
  }

  /** Everything stored for this board, without counting it as read. */
  async #rows(): Promise<Row[]> {
    if (!this.#database) return [];
    try {
      const rows = this.#database.transaction(ROWS).objectStore(ROWS);
      return await result<Row[]>(rows.index(BY_BOARD).getAll(this.#board));
    } catch (error) {
      this.#trouble(error);
      return [];
    }
  }

  /** Everything stored, for a download. */
  rows(): Promise<Row[]> {
    return this.#rows();
  }

  #hold(id: number, held: Held): void {
    this.#held.set(id, held);
    this.#markIfSaved(id, held);
  }

  #markIfSaved(id: number, held: Held): void {
    const saved = held.number > 0 ? held.number <= this.#through : this.#waiting === 0;
    if (!saved || held.unsaved === 0) return;
    held.unsaved = 0;
    this.#stale.add(id);
    this.#marking ??= setTimeout(() => {
      this.#marking = undefined;
      void this.#markStale();
    }, MARK_DELAY);
  }

  #markStale(): Promise<void> {
    const ids = [...this.#stale];
    this.#stale.clear();
    return this.#write((rows) => {
      for (const id of ids) {
        const request = rows.get(id) as IDBRequest<Row | undefined>;
        // Another tab may have folded it away meanwhile.
        request.onsuccess = () => {
          if (request.result) rows.put({ ...request.result, unsaved: 0 });
        };
      }
    });
  }

  /** One write after the other, so that a folding sees the ids of everything before it. */
  #write(work: (rows: IDBObjectStore) => void): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      if (!this.#database) return;
      try {
        await transact(this.#database, ROWS, work);
      } catch (error) {
        this.#trouble(error);
      }
    });
    return this.#queue;
  }

  #trouble(error: unknown): void {
    console.warn('offline storage failed:', error);
    this.#database = undefined;
    this.#onTrouble();
  }

  /** Under the board's lock, where there are locks, so that tabs do not fold at the same time. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (!navigator.locks) return work();
    await navigator.locks.request(`drawbridge:${this.#board}`, work);
  }
}
