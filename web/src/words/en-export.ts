/**
 * English: the dialog that exports pictures, and what is copied for other programs.
 * Owns words, by what shows them. Knows nothing of the page.
 */

const count = (number: number) => number.toLocaleString('en');
const list = (parts: readonly string[]) => parts.join('; ');

export const enExport = {
  title: 'Export picture',
  close: 'Close',
  what: 'What',
  whole: 'Whole board',
  selection: (many: number) => (many === 1 ? 'Selection (1 element)' : `Selection (${count(many)} elements)`),
  frames: 'Frames',
  format: 'Format',
  formats: { png: 'PNG', svg: 'SVG', pdf: 'PDF' },
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark' },
  scale: 'Scale',
  times: (scale: number) => `${count(scale)}×`,
  letters: 'Text',
  fonts: 'With fonts',
  outlines: 'Outlines',
  pages: 'Pages',
  onePage: 'One',
  pagePerFrame: 'One per frame',
  background: 'Background',
  reopens: 'Can be opened again in Excalidraw',
  preview: 'Preview',
  page: (number: number, of: number) => `Page ${number} of ${of}`,
  pageBefore: 'Page before',
  nextPage: 'Next page',
  size: (width: number, height: number) => `${count(width)} × ${count(height)} pixels`,
  extent: (width: number, height: number) => `${count(width)} × ${count(height)}`,
  download: 'Download',
  copy: 'Copy',
  copied: { png: 'Copied as PNG', svg: 'Copied as SVG', excalidraw: 'Copied for Excalidraw' },
  notCopied: (why: string) => `Nothing was copied: ${why}.`,
  noClipboard: 'this browser lets no page write to its clipboard here',
  making: 'Making the file…',
  looking: 'Looking at the board…',
  cancel: 'Cancel',
  failed: (why: string) => `There is no file: ${why}.`,
  empty: 'There is nothing to be seen.',
  tooLarge: (width: number, height: number) => `${count(width)} × ${count(height)} pixels are more than this browser can draw.`,
  smaller: (scale: number) => `Use ${count(scale)}×`,
  tooLargeToDraw: (width: number, height: number) => `${count(width)} × ${count(height)} pixels are more than this browser can draw`,
  missing: (letters: string) => `No font here has ${[...letters].join(' ')} – boxes stand for them.`,
  lacking: (many: number) => many === 1
    ? 'A picture on the board cannot be shown: a box stands for it.'
    : `${count(many)} pictures on the board cannot be shown: boxes stand for them.`,
  notHere: 'Some pictures on the board are not here: boxes stand for them.',
  losses: (reasons: readonly string[]) => `Opened again, it is not quite what is here: ${list(reasons)}.`,
};
