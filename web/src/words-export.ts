/** The words of exporting pictures. As `words.ts`, for that dialog. */
import { enExport } from './words/en-export';

/** What every language has to say there. */
export type ExportWords = typeof enExport;

export const exporting: ExportWords = enExport;
