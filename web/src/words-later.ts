/** The words of what comes later: menu, help, style panel, people. As `words.ts`, for these. */
import { enLater } from './words/en-later';

/** What every language has to say there. */
export type LaterWords = typeof enLater;

export const later: LaterWords = enLater;
