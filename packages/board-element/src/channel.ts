/**
 * A channel to the board in a frame.
 * Owns whom it is offered to, and which answer is whose. Knows no element.
 */
import { type Answer, type Asked, type Hello, type Question, type Told, VERSION } from './messages.js';

/** Between two greetings, ms: the page in the frame may not listen yet. */
const AGAIN = 250;

/** A question that waits. */
interface Waiting {
  answered: (answer: unknown) => void;
  refused: (error: Error) => void;
}

export class Channel {
  readonly #origin: string;
  readonly #target: Window;
  readonly #heard: (told: Told) => void;
  readonly #waiting = new Map<number, Waiting>();
  /** What was asked before anybody listened. */
  readonly #held: Question[] = [];
  #port: MessagePort | undefined;
  #last = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  /** Greets a page that is of one origin and of no other, until it answers. */
  constructor(target: Window, origin: string, heard: (told: Told) => void) {
    this.#target = target;
    this.#origin = origin;
    this.#heard = heard;
    this.#timer = setInterval(() => this.#greet(), AGAIN);
    this.#greet();
  }

  ask(asked: Asked): Promise<unknown> {
    const question: Question = { number: (this.#last += 1), asked };
    return new Promise((answered, refused) => {
      this.#waiting.set(question.number, { answered, refused });
      if (this.#port) this.#port.postMessage(question);
      else this.#held.push(question);
    });
  }

  /** The page in the frame is gone, or another one. */
  close(): void {
    clearInterval(this.#timer);
    this.#port?.close();
    for (const { refused } of this.#waiting.values()) refused(new Error('the board is gone'));
    this.#waiting.clear();
  }

  #greet(): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Told | Answer>) => this.#take(port1, data);
    const hello: Hello = { drawbridge: VERSION, type: 'hello' };
    // A page of another origin never gets it.
    this.#target.postMessage(hello, this.#origin, [port2]);
  }

  #take(port: MessagePort, data: Told | Answer): void {
    if ('number' in data) return this.#settle(data);
    if (data.type === 'welcome') {
      clearInterval(this.#timer);
      this.#port = port;
      for (const question of this.#held.splice(0)) port.postMessage(question);
    }
    this.#heard(data);
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ('answer' in answer) waiting?.answered(answer.answer);
    else waiting?.refused(new Error(answer.refused));
  }
}
