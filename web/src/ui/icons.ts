/**
 * The icons that the table of actions names, of what is seen at first.
 * Owns the set; `icons-later.ts` adds the rest of it.
 */
import {
  Circle, Diamond, Eraser, Hand, Maximize, Minus, MousePointer2, MoveUpRight, Pencil, Pin, Plus, Redo2,
  Slash, Square, StickyNote, Type, Undo2,
} from 'lucide';
import type { Action } from '../actions';
import type { IconNode } from './icon';

/** The name of an icon in the table. */
export type IconName = Exclude<Action['icon'], ''>;

export const firstIcons = {
  Circle, Diamond, Eraser, Hand, Maximize, Minus, MousePointer2, MoveUpRight, Pencil, Pin, Plus, Redo2,
  Slash, Square, StickyNote, Type, Undo2,
} satisfies Partial<Record<IconName, IconNode>>;

const icons: Partial<Record<Action['icon'], IconNode>> = { ...firstIcons };

/** Adds icons to the set. */
export function addIcons(more: Partial<Record<IconName, IconNode>>): void {
  Object.assign(icons, more);
}

/** The icon of a row; empty where it has none. */
export function iconOf(action: Action): IconNode {
  return icons[action.icon] ?? [];
}
