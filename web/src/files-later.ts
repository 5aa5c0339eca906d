/** What boards with pictures need, and others never load. Owns nothing but that it comes together. */
export { ClipFiles } from './clip-files';
export { FileStore } from './file-store';
export { Images } from './images';
export { Uploads } from './uploads';
