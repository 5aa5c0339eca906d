/**
 * What few people do, and nobody before a board is there: printing, saving what is unsaved, dots, the board's menu,
 * links.
 * Owns nothing but that these come together and late.
 */
export { followHash } from './addresses';
export { placeDots } from './dots-place';
export { listenToMenuPresses } from './menu-press';
export { listenToPrint } from './print';
export { FileStore } from './file-store';
export { downloadRows } from './rescue';
