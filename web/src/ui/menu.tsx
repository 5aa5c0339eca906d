/**
 * The main menu: the mark in the corner and the popover below it.
 * Owns where it opens; its lines come later.
 */
import type { Act } from '../actions';
import { Mark } from '../mark';
import { words } from '../words';
import { later } from './later';
import './menu.css';

const MenuList = later(async () => (await import('./menu-list')).MenuList);

export function Menu({ act, fingers }: { act: Act; fingers: (draw: boolean) => void }) {
  return (
    <div class="menu-place">
      <button
        type="button"
        class="button island menu-button"
        popovertarget="menu-popover"
        aria-label={words.board.menu}
        title={words.board.menu}
      >
        <Mark size={32} />
        <span class="menu-name">{words.product}</span>
      </button>
      <div id="menu-popover" class="popover menu-popover" popover="auto">
        <MenuList act={act} fingers={fingers} />
      </div>
    </div>
  );
}
