/**
 * What can be done with a board on the start page.
 * Owns which lines there are; what they do is told to it.
 */
import { Copy, Link, Pencil, X } from 'lucide';
import { FloatingMenu } from './ui/floating-menu';
import { Icon, type IconNode } from './ui/icon';
import { start } from './words-start';

/** What can be done. */
export type Deed = 'rename' | 'duplicate' | 'copyLink' | 'remove';

const DEEDS: readonly (readonly [Deed, IconNode])[] = [
  ['rename', Pencil], ['duplicate', Copy], ['copyLink', Link], ['remove', X],
];

interface Props {
  /** The board's name. */
  name: string;
  /** Where it is asked for. */
  x: number;
  y: number;
  act: (deed: Deed) => void;
  close: () => void;
}

export function CardMenu({ name, x, y, act, close }: Props) {
  return (
    <FloatingMenu label={start.card.menu(name)} x={x} y={y} close={close}>
      {DEEDS.map(([deed, icon]) => (
        <button key={deed} type="button" class="button floating-line" role="menuitem" tabIndex={-1} onClick={() => act(deed)}>
          <Icon node={icon} size={18} />
          {start.card[deed]}
        </button>
      ))}
    </FloatingMenu>
  );
}
