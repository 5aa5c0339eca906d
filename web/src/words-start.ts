/** The words of the start page. As `words.ts`, for that page. */
import { enStart } from './words/en-start';

/** What every language has to say there. */
export type StartWords = typeof enStart;

export const start: StartWords = enStart;
