/**
 * What this browser keeps of a board, so that no change is lost without network.
 * Owns an append-only log of rows in IndexedDB (own updates and snapshots) and its folding.
 * Knows neither engine nor socket; every tab adds its own rows and deletes only what it has taken.
 */
import { BY_BOARD, ROWS, openDatabase, result, transact } from './idb';
import { randomHex } from './profile';

/** One stored piece of a board. */
export interface Row {
  id: number;
  board: string;
  /** An update that any Yjs program reads. */
  update: Uint8Array;
  /** Changes in it that the server has not confirmed, by name: several rows may have the same one. */
  unsaved: readonly string[];
  /** Whether it is a whole document rather than one change. */
  whole: boolean;
}

/** Earlier versions of the page only counted the changes. */
type StoredRow = Omit<Row, 'unsaved'> & { unsaved: Row['unsaved'] | number };

/** A row that this tab has in its document. */
interface Held {
  /** The engine's number of the update; 0 for what was read or folded. */
  number: number;
  /** Names of changes, until all of them are saved. */
  unsaved: readonly string[];
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
  /** Begins the names of this tab's changes; a number follows. */
  #tab = '';
  #appended = 0;
  /** Counts the times that everything was read. */
  #epoch = 0;
  #marking: ReturnType<typeof setTimeout> | undefined;
  /** Own updates up to here are on the server. */
  #through = 0;
  /** Changes in the document that are not, as far as is known. */
  readonly #unsaved = new Set<string>();
  /** Changes by others that were ever among them. */
  readonly #theirs = new Set<string>();
  /** Rows that were read or written, whatever became of them. */
  readonly #seen = new Set<number>();
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

  /** Everything stored, whole documents first. Numbers and names start anew. */
  async read(): Promise<Row[]> {
    await this.#queue;
    this.#epoch += 1;
    this.#appended = this.#through = 0;
    this.#tab = randomHex(8);
    for (const known of [this.#held, this.#unsaved, this.#theirs, this.#seen]) known.clear();
    return this.news();
  }

  /** What was stored since, by other tabs. Whoever puts a row into the document takes it. */
  async news(): Promise<Row[]> {
    await this.#queue;
    const rows = await this.#rows(this.#seen);
    const news = rows.filter(({ id }) => !this.#seen.has(id));
    for (const { id } of news) this.#seen.add(id);
    return news.sort((a, b) => Number(b.whole) - Number(a.whole) || a.id - b.id);
  }

  /** How many unsaved changes in a row are in no other that was taken. */
  fresh({ unsaved }: Row): number {
    return unsaved.filter((name) => !this.#knows(name)).length;
  }

  /** The document has a row that was read: the next folding replaces it. */
  take({ id, unsaved }: Row): void {
    for (const name of unsaved) {
      if (this.#knows(name)) continue;
      this.#theirs.add(name);
      this.#unsaved.add(name);
    }
    this.#hold(id, { number: 0, unsaved });
  }

  /** Appends own updates in the engine's order; settles once they are committed. */
  append(updates: readonly Uint8Array[]): Promise<void> {
    const numbered = updates.map((update) => {
      const number = (this.#appended += 1);
      const name = this.#name(number);
      this.#unsaved.add(name);
      return { update, number, unsaved: [name] };
    });
    return this.#write((rows) => {
      for (const { update, number, unsaved } of numbered) {
        const request = rows.add({ board: this.#board, update, unsaved, whole: false });
        request.onsuccess = () => this.#hold(Number(request.result), { number, unsaved });
      }
    });
  }

  /** The server has confirmed own updates up to `through`, and everything when `waiting` is 0. */
  saved(through: number, waiting: number): void {
    while (this.#through < through) this.#unsaved.delete(this.#name((this.#through += 1)));
    if (waiting === 0) this.#unsaved.clear();
    for (const [id, held] of this.#held) this.#markIfSaved(id, held);
  }

  /** Replaces all that this tab has in its document by `state`, which is that document. */
  async fold(state: Uint8Array): Promise<void> {
    // A browser that keeps nothing for the page refuses locks too.
    if (!this.#database) return;
    const upTo = this.#appended;
    const epoch = this.#epoch;
    const known = new Set(this.#held.keys());
    const waiting = [...this.#unsaved];
    await this.#alone(() =>
      this.#write((rows) => {
        // Read anew meanwhile, for a new engine: the numbers mean other rows now.
        if (epoch !== this.#epoch) return;
        const own = ({ number }: Held) => number > 0 && number <= upTo;
        const contained = [...this.#held].filter(([id, held]) => known.has(id) || own(held));
        const unsaved = waiting.filter((name) => this.#unsaved.has(name));
        const request = rows.add({ board: this.#board, update: state, unsaved, whole: true });
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

  /** What is stored for this board, but for rows with these ids; without counting it as read. */
  async #rows(except: ReadonlySet<number> = new Set()): Promise<Row[]> {
    if (!this.#database) return [];
    try {
      const rows = this.#database.transaction(ROWS).objectStore(ROWS);
      const ids = (await result(rows.index(BY_BOARD).getAllKeys(this.#board))) as number[];
      const wanted = ids.filter((id) => !except.has(id));
      return (await Promise.all(wanted.map((id) => result<StoredRow>(rows.get(id))))).map(named);
    } catch (error) {
      this.#trouble(error);
      return [];
    }
  }

  /** Everything stored, for a download. */
  rows(): Promise<Row[]> {
    return this.#rows();
  }

  #name(number: number): string {
    return `${this.#tab}.${number}`;
  }

  #knows(name: string): boolean {
    return this.#theirs.has(name) || name.startsWith(`${this.#tab}.`);
  }

  #hold(id: number, held: Held): void {
    this.#seen.add(id);
    this.#held.set(id, held);
    this.#markIfSaved(id, held);
  }

  #markIfSaved(id: number, held: Held): void {
    if (held.unsaved.length === 0 || held.unsaved.some((name) => this.#unsaved.has(name))) return;
    held.unsaved = [];
    this.#stale.add(id);
    this.#marking ??= setTimeout(() => void this.flush(), MARK_DELAY);
  }

  /** Writes down what is known to be saved; settles once all that was written before is committed. */
  flush(): Promise<void> {
    clearTimeout(this.#marking);
    this.#marking = undefined;
    const ids = [...this.#stale];
    this.#stale.clear();
    return this.#write((rows) => {
      for (const id of ids) {
        const request = rows.get(id) as IDBRequest<StoredRow | undefined>;
        // Another tab may have folded it away meanwhile.
        request.onsuccess = () => {
          if (request.result) rows.put({ ...request.result, unsaved: [] });
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

function named(row: StoredRow): Row {
  const { id, unsaved } = row;
  const names = typeof unsaved === 'number' ? Array.from({ length: unsaved }, (_, i) => `${id}.${i}`) : unsaved;
  return { ...row, unsaved: names };
}
