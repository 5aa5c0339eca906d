/**
 * The middle button, which pans everywhere on the board and pastes only into the page's other fields.
 * Owns that it pastes nowhere else, and that the text being edited lets it through to the board.
 */
import { isField } from './keys';

const MIDDLE = 1;

/** Listens until the signal aborts. `stage` holds the board and the text being edited. */
export function listenToMiddleButton(stage: HTMLElement, board: HTMLElement, signal: AbortSignal): void {
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== MIDDLE || event.target === board) return;
    board.dispatchEvent(new PointerEvent(event.type, event));
  }, { signal });
  stage.addEventListener('mousedown', (event) => {
    // Nor does the caret go there.
    if (event.button === MIDDLE) event.preventDefault();
  }, { signal });

  // On X11 the marked words of any window are pasted when it is let go, wherever the keyboard is: by
  // Chromium unless `pointerup` is prevented (disabled buttons have no `mouseup`), by Firefox unless
  // `auxclick` is.
  const release = (event: MouseEvent): void => {
    if (event.button !== MIDDLE || !(event.target instanceof Element)) return;
    const { target } = event;
    const asked = isField(target) && target === document.activeElement && !stage.contains(target);
    const opens = event.type === 'auxclick' && target.closest('a') !== null;
    if (!asked && !opens) event.preventDefault();
  };
  addEventListener('pointerup', release, { capture: true, signal });
  addEventListener('auxclick', release, { capture: true, signal });
}
