/**
 * A menu at a place in the window: of a card, of the board.
 * Owns its place, its keyboard and what closes it; what its lines are and do is told to it.
 */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { roveFocus } from './roving';
import './floating-menu.css';

/** Least room to the edges of the window, CSS pixels. */
const EDGE = 8;

interface Props {
  /** What it is the menu of. */
  label: string;
  /** Where it is asked for. */
  x: number;
  y: number;
  close: () => void;
  children: ComponentChildren;
}

export function FloatingMenu({ label, x, y, close, children }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!menu.current) return;
    menu.current.showPopover();
    const { offsetWidth: width, offsetHeight: height, style } = menu.current;
    style.left = `${Math.max(EDGE, Math.min(x, innerWidth - width - EDGE))}px`;
    style.top = `${Math.max(EDGE, Math.min(y, innerHeight - height - EDGE))}px`;
    menu.current.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [x, y]);
  useLayoutEffect(() => {
    // By hand: the browser's own closing takes the release of a long press for a click beside it.
    const outside = ({ target }: Event) => {
      // Once the press is over: the board must still see that a menu is open, which it closes.
      if (!(target instanceof Node && menu.current?.contains(target))) setTimeout(close);
    };
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('pointerdown', outside, { signal, capture: true });
    addEventListener('scroll', outside, { signal, capture: true });
    addEventListener('wheel', outside, { signal, capture: true, passive: true });
    addEventListener('resize', close, { signal });
    addEventListener('blur', close, { signal });
    return () => listening.abort();
  }, []);
  return (
    <div
      ref={menu}
      class="popover floating-menu"
      popover="manual"
      role="menu"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          close();
        } else if (event.key === 'F6') close();
        else roveFocus(event, false);
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </div>
  );
}
