/**
 * What is said between the page and the worker that reads and writes files.
 * Owns the words alone.
 */

/** A picture's file. */
export interface Picture {
  hash: string;
  media: string;
  width: number;
  height: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A picture's file for whoever writes; of an SVG also what the browser draws of it, as PNG. */
export interface Shown extends Pick<Picture, 'hash' | 'bytes'> {
  drawn?: Uint8Array<ArrayBuffer> | undefined;
}

/** A frame of the board. */
export interface Frame {
  id: string;
  name: string;
}

/** What a picture shows, and how: these elements, or all where none are named; or one frame. */
export interface Sight {
  ids: readonly string[];
  frame?: string | undefined;
  dark: boolean;
  transparent: boolean;
}

/** A picture as a display list, in units of the board. */
export interface Painted {
  width: number;
  height: number;
  list: Uint32Array<ArrayBuffer>;
  /** What is behind it, `0xRRGGBBAA`. */
  ground: number | undefined;
}

/** What the worker is asked. */
export type Asked =
  /** What a file brings. */
  | { ask: 'read'; file: Uint8Array<ArrayBuffer>; seed: bigint }
  /** An SVG with nothing in it that runs. */
  | { ask: 'clean'; svg: Uint8Array }
  /** What an SVG is made of, where that is what boards have; else the same as a picture. */
  | { ask: 'drawing'; svg: Uint8Array; seed: bigint }
  /** What is on a board; `unnamed` is what frames are called that have no name. All below is about it. */
  | { ask: 'board'; state: Uint8Array; unnamed: string }
  /** Take these files of pictures. */
  | { ask: 'pictures'; pictures: readonly Shown[] }
  /** The board as a file. */
  | { ask: 'file'; what: 'excalidraw' | 'drawbridge'; source: string; now: number; seed: bigint }
  /** Elements as Excalidraw copies them; all where none are named. */
  | { ask: 'clip'; ids: readonly string[]; now: number }
  /** A picture to be drawn. */
  | { ask: 'paint'; sight: Sight }
  /** Pictures as a file; of an SVG the first. */
  | { ask: 'picture'; as: 'svg' | 'pdf'; sights: readonly Sight[]; outlines: boolean }
  /** A file of a picture with these elements in it, as a scene of Excalidraw's. */
  | { ask: 'embed'; as: 'png' | 'svg'; file: Uint8Array; ids: readonly string[]; source: string; now: number };

/** What a file brings: of another program `records`, of Drawbridge a whole `board`. */
export interface Read {
  board: Uint8Array | undefined;
  records: Uint8Array;
  pictures: Picture[];
  losses: string[];
}

/** What it answers; `losses` has a line for each reason why something is not as it was. */
export interface Answers {
  read: Read;
  /** Or why it cannot be shown. */
  clean: Uint8Array<ArrayBuffer> | string;
  drawing: { elements: Read } | { picture: Answers['clean'] };
  board: { shows: string[]; frames: Frame[] };
  pictures: undefined;
  file: { file: string | Uint8Array<ArrayBuffer>; losses: string[] };
  clip: { text: string; losses: string[] };
  paint: Painted;
  /** `missing` are the letters that no font has, `lacking` how many pictures cannot be shown. */
  picture: { file: Uint8Array<ArrayBuffer>; missing: string; lacking: number };
  embed: { file: Uint8Array<ArrayBuffer>; losses: string[] };
}

/** An answer, or why there is none, as a sentence without its stop; empty where a module could not be fetched. */
export type Told = { answer: Answers[keyof Answers] } | { refused: string };
