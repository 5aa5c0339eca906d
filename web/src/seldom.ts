/**
 * What few people do, and nobody before a board is there: printing, saving what is unsaved, dots.
 * Owns nothing but that these come together and late.
 */
export { placeDots } from './dots-place';
export { listenToPrint } from './print';
export { downloadRows } from './rescue';
