/**
 * The other tabs of this browser that have the same board open.
 * Owns the bell between them; what it rings for is in the log that all of them share.
 */

/** One tab's end of the bell. */
export class Tabs {
  readonly #channel: BroadcastChannel | undefined;

  /** `heard` is called whenever another tab rings. */
  constructor(board: string, heard: () => void) {
    try {
      this.#channel = new BroadcastChannel(`drawbridge:${board}`);
      this.#channel.onmessage = heard;
    } catch {
      // A browser that keeps nothing for the page may refuse this too; there is no log to ring for.
    }
  }

  /** Tells the others that there is something new in the log. */
  ring(): void {
    this.#channel?.postMessage(null);
  }
}
