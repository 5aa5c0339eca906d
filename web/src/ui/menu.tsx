/**
 * The main menu: boards, theme, help.
 * Owns the popover at the mark; what a command does is the engine's.
 */
import { FilePlus, Keyboard, LayoutGrid, Maximize, Monitor, Moon, Pointer, Sun } from 'lucide';
import { appearance, chooseAppearance, type Appearance } from '../appearance';
import type { Command } from '../engine/wasm_client.js';
import { chooseFingers, fingersDraw } from '../fingers';
import { Mark } from '../mark';
import { helpOpen } from '../ui-state';
import { keepFocus } from './button';
import { Icon, type IconNode } from './icon';
import { roveFocus } from './roving';
import { shortcutText } from './shortcut';
import './menu.css';

const APPEARANCES: readonly { choice: Appearance; label: string; icon: IconNode }[] = [
  { choice: 'light', label: 'Light', icon: Sun },
  { choice: 'dark', label: 'Dark', icon: Moon },
  { choice: 'system', label: 'System', icon: Monitor },
];

/** Light, dark or as the system says. */
export function AppearanceChoice() {
  return (
    <div class="appearance" role="radiogroup" aria-label="Theme" onMouseDown={keepFocus} onKeyDown={(event) => roveFocus(event, true)}>
      {APPEARANCES.map(({ choice, label, icon }) => {
        const chosen = appearance.value === choice;
        return (
          <button
            key={choice}
            type="button"
            class="button"
            role="radio"
            aria-checked={chosen}
            aria-label={`${label} theme`}
            title={label}
            tabIndex={chosen ? 0 : -1}
            onClick={() => chooseAppearance(choice)}
          >
            <Icon node={icon} size={18} />
          </button>
        );
      })}
    </div>
  );
}

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
      <span class="menu-label">Draw with fingers</span>
      <span class="switch" />
    </button>
  );
}

export function Menu({ command }: { command: (command: Command) => void }) {
  const item = (icon: IconNode, label: string, shortcut: string, act: () => void) => (
    <button type="button" class="button menu-item" onClick={() => (close(), act())}>
      <Icon node={icon} size={18} />
      <span class="menu-label">{label}</span>
      {shortcut && <span class="menu-key">{shortcutText(shortcut)}</span>}
    </button>
  );
  return (
    <div class="menu-place">
      <button
        type="button"
        class="button island menu-button"
        popovertarget="menu-popover"
        aria-label="Menu"
        title="Menu"
        onMouseDown={keepFocus}
      >
        <Mark size={32} />
        <span class="menu-name">Drawbridge</span>
      </button>
      <div id="menu-popover" class="popover menu-popover" popover="auto">
        <a class="button menu-item" href="/new">
          <Icon node={FilePlus} size={18} />
          <span class="menu-label">New board</span>
        </a>
        <a class="button menu-item" href="/">
          <Icon node={LayoutGrid} size={18} />
          <span class="menu-label">Your boards</span>
        </a>
        <hr />
        {item(Maximize, 'Zoom to fit', 'Shift+1', () => command('zoomToFit'))}
        {item(Keyboard, 'Keyboard shortcuts', '?', () => (helpOpen.value = true))}
        <hr />
        <div class="menu-theme">
          <span>Theme</span>
          <AppearanceChoice />
        </div>
        <FingersChoice command={command} />
      </div>
    </div>
  );
}
