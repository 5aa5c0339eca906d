/**
 * What a host's page and a board within it say to each other.
 * Owns the words and their version; both sides are built of this file. What is sent stays readable for
 * those of an older version: nothing here changes its meaning, and what is not known is passed over.
 */

/** The version that is spoken; the board takes hosts of any version up to it. */
export const VERSION = 1;

/** The board's page says that it listens, to whoever has it in a frame. */
export interface Here {
  drawbridge: number;
  type: 'here';
}

/** The answer, by which a host hands over one end of a channel. */
export interface Hello {
  drawbridge: number;
  type: 'hello';
}

/** What a board can be taken out as. */
export type Format = 'excalidraw' | 'drawbridge' | 'svg' | 'png' | 'pdf';

/** Light or dark, or as the reader's system says. */
export type Theme = 'light' | 'dark' | 'system';

/** Somebody on the board. */
export interface Person {
  /** Another one with every page that they load. */
  id: string;
  name: string;
  /** As CSS has it. */
  color: string;
  /** Whether they are the reader of this page. */
  me: boolean;
}

/** How a picture looks. */
export interface Looks {
  /** A frame, by its id or name; without it all of the board. */
  frame?: string;
  theme?: 'light' | 'dark';
  /** Nothing behind it. */
  transparent?: boolean;
  /** Pixels of a PNG for each unit of the board, 1 to 4. */
  scale?: number;
}

/** What the host asks; each is answered under its number. */
export type Asked =
  /** Another frame is to be looked at: answers whether there is one. */
  | { ask: 'look'; frame: string }
  /** The board as a file: answers a `Blob`. */
  | { ask: 'export'; format: Format; looks?: Looks }
  /** The view goes where somebody's pointer goes; nobody's any more without an id. */
  | { ask: 'follow'; person?: string }
  | { ask: 'theme'; theme: Theme };

/** A question with its number. */
export interface Question {
  number: number;
  asked: Asked;
}

/** An answer, or why there is none. */
export type Answer = { number: number; answer: unknown } | { number: number; refused: string };

/** What the board tells by itself. */
export type Told =
  /** The channel is there; `version` is what is spoken. */
  | { type: 'welcome'; version: number }
  /** The board is shown and up to date. */
  | { type: 'ready' }
  /** Something on it is other than it was. */
  | { type: 'change' }
  /** Whether there is a connection, and whether all that was done here is saved. */
  | { type: 'state'; online: boolean; saved: boolean }
  | { type: 'people'; people: readonly Person[] }
  | { type: 'title'; title: string }
  /** The board cannot be shown. */
  | { type: 'failed'; why: string };
