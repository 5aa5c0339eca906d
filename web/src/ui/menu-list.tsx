/**
 * What is in the main menu: boards, theme, help.
 * Owns its lines; what a command does is the engine's.
 */
import { FilePlus, Keyboard, LayoutGrid, Maximize, Pointer } from 'lucide';
import type { Command } from '../engine/wasm_client.js';
import { chooseFingers, fingersDraw } from '../fingers';
import { helpOpen } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';
import { AppearanceChoice } from './appearance-choice';
import { Icon, type IconNode } from './icon';
import { shortcutText } from './shortcut';
import './menu-list.css';

function close(): void {
  document.getElementById('menu-popover')?.hidePopover();
}

/** Shown where there are fingers. */
function FingersChoice({ command }: { command: (command: Command) => void }) {
  if (navigator.maxTouchPoints === 0) return null;
  const draw = fingersDraw.value ?? true;
  return (
    <button
      type="button"
      class="button menu-item"
      role="switch"
      aria-checked={draw}
      onClick={() => {
        chooseFingers(!draw);
        command({ fingersDraw: !draw });
      }}
    >
      <Icon node={Pointer} size={18} />
      <span class="menu-label">{later.menu.fingers}</span>
      <span class="switch" />
    </button>
  );
}

export function MenuList({ command }: { command: (command: Command) => void }) {
  const item = (icon: IconNode, label: string, shortcut: string, act: () => void) => (
    <button type="button" class="button menu-item" onClick={() => (close(), act())}>
      <Icon node={icon} size={18} />
      <span class="menu-label">{label}</span>
      {shortcut && <span class="menu-key">{shortcutText(shortcut)}</span>}
    </button>
  );
  return (
    <>
      <a class="button menu-item" href="/new">
        <Icon node={FilePlus} size={18} />
        <span class="menu-label">{later.menu.newBoard}</span>
      </a>
      <a class="button menu-item" href="/">
        <Icon node={LayoutGrid} size={18} />
        <span class="menu-label">{later.menu.boards}</span>
      </a>
      <hr />
      {item(Maximize, words.actions.zoomToFit, 'Shift+1', () => command('zoomToFit'))}
      {item(Keyboard, later.menu.help, '?', () => (helpOpen.value = true))}
      <hr />
      <div class="menu-theme">
        <span>{words.appearance.label}</span>
        <AppearanceChoice />
      </div>
      <FingersChoice command={command} />
    </>
  );
}
