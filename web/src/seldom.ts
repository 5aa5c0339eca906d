/**
 * What few people do, and nobody before a board is there: dropping, printing, saving what is unsaved, dots.
 * Owns nothing but that these come together and late.
 */
export { listenToDrops } from './drop';
export { placeDots } from './dots-place';
export { listenToMiddleButton } from './middle-button';
export { listenToPrint } from './print';
export { downloadRows } from './rescue';
