/** What boards with pictures need, and others never load. Owns nothing but that it comes together. */
export { FileStore } from './file-store';
export { Images } from './images';
export { Uploads } from './uploads';
