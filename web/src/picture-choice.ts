/**
 * What somebody wants of a board as a picture.
 * Owns the choices, and what each comes to be. Makes nothing.
 */
import type { Frame, Sight } from './file-work';

export type Format = 'png' | 'svg' | 'pdf';

/** The whole board, what is selected, or a frame by its id. */
export type What = { show: 'all' } | { show: 'selected' } | { show: 'one'; id: string };

export interface Choice {
  what: What;
  format: Format;
  dark: boolean;
  background: boolean;
  /** Pixels for each unit of the board. */
  scale: number;
  /** Of a PNG: a smaller one where this browser draws none so large. */
  orSmaller: boolean;
  /** Of an SVG: words as outlines. */
  outlines: boolean;
  /** Of a PDF: a page for each frame. */
  pages: boolean;
  /** Whether Excalidraw opens it as a scene. */
  reopens: boolean;
}

/** What of a board can be shown. */
export interface OnBoard {
  /** All of it, as one update. */
  state: Uint8Array;
  frames: readonly Frame[];
  /** What is selected, by ids. */
  ids: readonly string[];
}

/** The elements that are shown, by ids; none: all. */
export function idsOf({ what }: Choice, { ids }: OnBoard): readonly string[] {
  if (what.show === 'one') return [what.id];
  return what.show === 'selected' ? ids : [];
}

/** Whether there is a page for each frame. */
export function isPaged({ format, pages, what }: Choice, { frames }: OnBoard): boolean {
  return format === 'pdf' && pages && what.show === 'all' && frames.length > 0;
}

/** The pictures, one for each page. */
export function sightsOf(choice: Choice, onBoard: OnBoard): Sight[] {
  const look = { dark: choice.dark, transparent: !choice.background };
  if (isPaged(choice, onBoard)) return onBoard.frames.map(({ id }) => ({ ids: [], frame: id, ...look }));
  const { what } = choice;
  return [what.show === 'one' ? { ids: [], frame: what.id, ...look } : { ids: idsOf(choice, onBoard), ...look }];
}

/** Whether a format has room for a scene. */
export const holdsScene = ({ format }: Choice): boolean => format !== 'pdf';
