/**
 * The words of the page in the language that is shown; a language is a set of files in `words/`.
 * Owns which one it is. What is not needed before "Saved" is in `words-later.ts`, the start page's
 * in `words-start.ts`, so that nobody waits for words that are not shown.
 */
import { en } from './words/en';

/** What every language has to say. */
export type Words = typeof en;

export const words: Words = en;
