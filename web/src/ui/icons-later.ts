/** The rest of the icons that the table of actions names. Owns that none is missing. */
import {
  AlignCenterHorizontal, AlignCenterVertical, AlignEndHorizontal, AlignEndVertical,
  AlignHorizontalDistributeCenter, AlignHorizontalSpaceBetween, AlignStartHorizontal, AlignStartVertical,
  AlignVerticalDistributeCenter, AlignVerticalSpaceBetween,
  ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, CircleQuestionMark, ClipboardCopy, ClipboardPaste, Copy, CopyPlus, Crop, Download, Expand, ExternalLink, FileCode, FilePlus,
  FlipHorizontal2, FlipVertical2, FolderOpen, Frame, Grip, Group, Highlighter, Image, ImageDown, ImagePlus, ImageUp, Lasso, LayoutGrid, Link, LocateFixed, Lock, LockOpen, Magnet, PaintBucket, Paintbrush, PencilLine,
  Pipette, Scaling, Scissors, Spline, SquareX, Trash, Ungroup, Zap,
} from 'lucide';
import type { IconNode } from './icon';
import { addIcons, type IconName, type firstIcons } from './icons';

addIcons({
  AlignCenterHorizontal, AlignCenterVertical, AlignEndHorizontal, AlignEndVertical,
  AlignHorizontalDistributeCenter, AlignHorizontalSpaceBetween, AlignStartHorizontal, AlignStartVertical,
  AlignVerticalDistributeCenter, AlignVerticalSpaceBetween,
  ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, CircleQuestionMark, ClipboardCopy, ClipboardPaste, Copy, CopyPlus, Crop, Download, Expand, ExternalLink, FileCode, FilePlus,
  FlipHorizontal2, FlipVertical2, FolderOpen, Frame, Grip, Group, Highlighter, Image, ImageDown, ImagePlus, ImageUp, Lasso, LayoutGrid, Link, LocateFixed, Lock, LockOpen, Magnet, PaintBucket, Paintbrush, PencilLine,
  Pipette, Scaling, Scissors, Spline, SquareX, Trash, Ungroup, Zap,
} satisfies Record<Exclude<IconName, keyof typeof firstIcons>, IconNode>);
