/**
 * The actions that are no part of the board.
 * Owns carrying them out; their keys, words and places are those of the table.
 */
import { chooseAppearance, dark } from './appearance';
import { foreign, pickFiles, pickReplacement, saveDrawbridge } from './board-files';
import type { PageActionId } from './engine/actions';
import { turnDots, turnSnap } from './grid';
import { helpOpen } from './ui-state';

/** Where the actions lead that open another page. */
export const PLACES = { newBoard: '/new', yourBoards: '/' } as const;

const CARRIED_OUT: Readonly<Record<PageActionId, () => void>> = {
  insertImage: pickFiles,
  replaceImage: pickReplacement,
  paste: () => void import('./paste').then(({ pasteAt }) => pasteAt()),
  dots: turnDots,
  snap: turnSnap,
  turnTheme: () => chooseAppearance(dark.value ? 'light' : 'dark'),
  openFile: () => foreign.open(),
  saveDrawbridge: () => void saveDrawbridge(),
  saveExcalidraw: () => foreign.save(),
  exportPicture: () => foreign.export(),
  copyPng: () => foreign.copy('png'),
  copySvg: () => foreign.copy('svg'),
  copyExcalidraw: () => foreign.copy('excalidraw'),
  newBoard: () => location.assign(PLACES.newBoard),
  yourBoards: () => location.assign(PLACES.yourBoards),
  rename: typeTitle,
  nextPart: () => walkParts(1),
  partBefore: () => walkParts(-1),
  help: () => (helpOpen.value = true),
};

function walkParts(step: 1 | -1): void {
  void import('./parts').then((parts) => parts.walkParts(step));
}

/** In its place, even where the bar has no room to show it before. */
function typeTitle(): void {
  const field = document.querySelector<HTMLInputElement>('.title-field');
  field?.focus();
  field?.select();
}

/** Carries out what the engine leaves to the page. */
export function carryOut(id: string): void {
  if (Object.hasOwn(CARRIED_OUT, id)) CARRIED_OUT[id as PageActionId]();
}
