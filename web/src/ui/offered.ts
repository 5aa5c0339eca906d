/**
 * The colours that people are offered on every board, each with its dark side.
 * Owns finding one; which there are is the style table's.
 */
import { PAPERS, STYLE } from '../engine/style';

const OFFERED = [...STYLE.stroke.swatches, ...STYLE.fill.swatches, ...PAPERS];

/** How the board shows it in the dark; undefined of all others. */
export function darkOf(color: unknown): string | undefined {
  return OFFERED.find((swatch) => swatch.color === color)?.dark;
}

/** What the board shows so in the dark. */
export function shownAs(dark: string): string | undefined {
  return OFFERED.find((swatch) => swatch.dark === dark)?.color;
}
