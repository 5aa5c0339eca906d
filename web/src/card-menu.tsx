/**
 * What can be done with a board on the start page.
 * Owns the menu, its place in the window and its keyboard; what its lines do is told to it.
 */
import { Copy, Link, Pencil, X } from 'lucide';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconNode } from './ui/icon';
import { roveFocus } from './ui/roving';
import { start } from './words-start';
import './card-menu.css';

/** What can be done. */
export type Deed = 'rename' | 'duplicate' | 'copyLink' | 'remove';

const DEEDS: readonly (readonly [Deed, IconNode])[] = [
  ['rename', Pencil], ['duplicate', Copy], ['copyLink', Link], ['remove', X],
];
/** Least room to the edges of the window, CSS pixels. */
const EDGE = 8;

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
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!menu.current) return;
    menu.current.showPopover();
    const { offsetWidth: width, offsetHeight: height, style } = menu.current;
    style.left = `${Math.max(EDGE, Math.min(x, innerWidth - width - EDGE))}px`;
    style.top = `${Math.max(EDGE, Math.min(y, innerHeight - height - EDGE))}px`;
    menu.current.querySelector('button')?.focus();
  }, [x, y]);
  useEffect(() => {
    // By hand: the browser's own closing takes the release of a long press for a click beside it.
    const outside = ({ target }: Event) => {
      if (!(target instanceof Node && menu.current?.contains(target))) close();
    };
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('pointerdown', outside, { signal, capture: true });
    addEventListener('scroll', close, { signal, capture: true });
    addEventListener('resize', close, { signal });
    return () => listening.abort();
  }, []);
  return (
    <div
      ref={menu}
      class="popover card-menu"
      popover="manual"
      role="menu"
      aria-label={start.card.menu(name)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          close();
        } else roveFocus(event, false);
      }}
    >
      {DEEDS.map(([deed, icon]) => (
        <button key={deed} type="button" class="button card-deed" role="menuitem" tabIndex={-1} onClick={() => act(deed)}>
          <Icon node={icon} size={18} />
          {start.card[deed]}
        </button>
      ))}
    </div>
  );
}
