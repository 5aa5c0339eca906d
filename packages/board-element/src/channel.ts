/**
 * A channel to the board in a frame.
 * Owns whom it is offered to, and which answer is whose. Knows no element.
 */
import { type Answer, type Asked, type Hello, type Question, type Told, VERSION } from './messages.js';

/** A question that waits. */
interface Waiting {
  answered: (answer: unknown) => void;
  refused: (error: Error) => void;
}

export class Channel {
  readonly #heard: (told: Told) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #port: MessagePort;
  #last = 0;

  /** Greets the page in a frame, which listens, if it is of one origin and of no other. */
  constructor(target: Window, origin: string, heard: (told: Told) => void) {
    this.#heard = heard;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<Told | Answer>) => this.#take(data);
    const hello: Hello = { drawbridge: VERSION, type: 'hello' };
    // A page of another origin never gets it.
    target.postMessage(hello, origin, [port2]);
  }

  ask(asked: Asked): Promise<unknown> {
    const question: Question = { number: (this.#last += 1), asked };
    return new Promise((answered, refused) => {
      this.#waiting.set(question.number, { answered, refused });
      this.#port.postMessage(question);
    });
  }

  /** The page in the frame is gone, or another one. */
  close(): void {
    this.#port.close();
    for (const { refused } of this.#waiting.values()) refused(new Error('the board is gone'));
    this.#waiting.clear();
  }

  #take(data: Told | Answer): void {
    if ('number' in data) this.#settle(data);
    else this.#heard(data);
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ('answer' in answer) waiting?.answered(answer.answer);
    else waiting?.refused(new Error(answer.refused));
  }
}
