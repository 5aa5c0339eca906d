/** The rest of the icons that the table of actions names. Owns that none is missing. */
import {
  BringToFront, Copy, FilePlus, Grip, Keyboard, LayoutGrid, MoveDown, MoveUp, Scissors, SendToBack, Trash,
} from 'lucide';
import type { IconNode } from './icon';
import { addIcons, type IconName, type firstIcons } from './icons';

addIcons({
  BringToFront, Copy, FilePlus, Grip, Keyboard, LayoutGrid, MoveDown, MoveUp, Scissors, SendToBack, Trash,
} satisfies Record<Exclude<IconName, keyof typeof firstIcons>, IconNode>);
