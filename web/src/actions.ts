/**
 * What a person can ask for, row by row as the engine's table has it.
 * Owns finding rows, and which of them apply now; what an action does is the engine's.
 */
import { signal } from '@preact/signals';
import { ACTIONS } from './engine/actions';

/** One row. */
export type Action = (typeof ACTIONS)[number];
/** A row's name. */
export type ActionId = Action['id'];
/** Asks for an action. */
export type Act = (id: ActionId) => void;

const rows = new Map<string, Action>(ACTIONS.map((row) => [row.id, row]));
/** For each row, whether it would do something now. */
const applying = signal<readonly boolean[]>([]);

/** The row of an id. */
export function actionOf(id: ActionId): Action {
  return rows.get(id) ?? ACTIONS[0];
}

/** The rows of a section, in the order in which people are shown them. */
export function actionsOf(...sections: readonly Action['section'][]): readonly Action[] {
  return ACTIONS.filter((row) => sections.includes(row.section));
}

/** Whether an action would do something now; nothing does before the engine is there. */
export function applies(id: ActionId): boolean {
  return applying.value[ACTIONS.indexOf(actionOf(id))] ?? false;
}

/** Takes over what the engine says of every row. */
export function nowApply(actions: readonly boolean[]): void {
  applying.value = actions;
}
