/**
 * One Tab stop for a group of buttons, arrows inside it (the APG's radio group and toolbar).
 * Owns focus within a group; knows no widget.
 */

const STEP: Readonly<Record<string, number>> = {
  ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1,
};

/** Moves focus among the group's buttons; `choose` also clicks, as radio groups do. */
export function roveFocus(event: KeyboardEvent, choose: boolean): void {
  const group = event.currentTarget as HTMLElement;
  const items = [...group.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const at = items.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const step = STEP[event.key];
  const next =
    step !== undefined ? (at + step + items.length) % items.length
    : event.key === 'Home' ? 0
    : event.key === 'End' ? items.length - 1
    : -1;
  const item = items[next];
  if (!item) return;
  event.preventDefault();
  item.focus();
  if (choose) item.click();
}
