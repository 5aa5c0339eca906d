/** The rest of the icons that the table of actions names. Owns that none is missing. */
import {
  AlignCenterHorizontal, AlignCenterVertical, AlignEndHorizontal, AlignEndVertical,
  AlignHorizontalSpaceBetween, AlignStartHorizontal, AlignStartVertical, AlignVerticalSpaceBetween,
  ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, CircleQuestionMark, ClipboardPaste, Copy, CopyPlus, ExternalLink, FilePlus,
  FlipHorizontal2, FlipVertical2, Grip, Group, Highlighter, ImagePlus, Lasso, LayoutGrid, Link, LocateFixed, Lock, LockOpen, Magnet, PaintBucket, Paintbrush, PencilLine,
  Pipette, Scissors, Spline, SquareX, Trash, Ungroup, Zap,
} from 'lucide';
import type { IconNode } from './icon';
import { addIcons, type IconName, type firstIcons } from './icons';

addIcons({
  AlignCenterHorizontal, AlignCenterVertical, AlignEndHorizontal, AlignEndVertical,
  AlignHorizontalSpaceBetween, AlignStartHorizontal, AlignStartVertical, AlignVerticalSpaceBetween,
  ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, CircleQuestionMark, ClipboardPaste, Copy, CopyPlus, ExternalLink, FilePlus,
  FlipHorizontal2, FlipVertical2, Grip, Group, Highlighter, ImagePlus, Lasso, LayoutGrid, Link, LocateFixed, Lock, LockOpen, Magnet, PaintBucket, Paintbrush, PencilLine,
  Pipette, Scissors, Spline, SquareX, Trash, Ungroup, Zap,
} satisfies Record<Exclude<IconName, keyof typeof firstIcons>, IconNode>);
