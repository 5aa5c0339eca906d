/**
 * The main menu: the mark in the corner, the board's title beside it, and the popover below.
 * Owns where it opens; its lines come later.
 */
import type { Act } from '../actions';
import { Mark } from '../mark';
import { words } from '../words';
import { later } from './later';
import './menu.css';
import { Title, type Rename } from './title';

const MenuList = later(async () => (await import('./menu-list')).MenuList);

interface Props {
  board: string;
  act: Act;
  fingers: (draw: boolean) => void;
  rename: Rename;
}

export function Menu({ board, act, fingers, rename }: Props) {
  return (
    <div class="menu-cell">
      <div class="island menu-place">
        <button
          type="button"
          class="button menu-button"
          popovertarget="menu-popover"
          aria-label={words.board.menu}
          title={words.board.menu}
        >
          <Mark size={32} />
        </button>
        <Title board={board} rename={rename} />
        <div id="menu-popover" class="popover menu-popover" popover="auto">
          <MenuList act={act} fingers={fingers} />
        </div>
      </div>
    </div>
  );
}
