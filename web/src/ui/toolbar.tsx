/**
 * The tools, as one radio group.
 * Owns their order, icons and keys; the engine owns which is in hand.
 */
import {
  Circle, Eraser, Hand, MousePointer2, MoveUpRight, Pencil, Slash, Square, Type,
} from 'lucide';
import type { Command, ToolName } from '../engine/wasm_client.js';
import { tool } from '../ui-state';
import { words } from '../words';
import { IconButton } from './button';
import type { IconNode } from './icon';
import { roveFocus } from './roving';
import './toolbar.css';

interface Tool {
  name: ToolName;
  key: string;
  icon: IconNode;
  /** Whether a thin line comes before it. */
  gap?: boolean;
}

/** The tools in the order of the bar. */
export const TOOLS: readonly Tool[] = [
  { name: 'select', key: 'V', icon: MousePointer2 },
  { name: 'hand', key: 'H', icon: Hand },
  { name: 'pen', key: 'P', icon: Pencil, gap: true },
  { name: 'rectangle', key: 'R', icon: Square },
  { name: 'ellipse', key: 'O', icon: Circle },
  { name: 'line', key: 'L', icon: Slash },
  { name: 'arrow', key: 'A', icon: MoveUpRight },
  { name: 'text', key: 'T', icon: Type },
  { name: 'eraser', key: 'E', icon: Eraser, gap: true },
];

export function Toolbar({ command }: { command: (command: Command) => void }) {
  return (
    <div
      class="island toolbar"
      role="radiogroup"
      aria-label={words.board.tools}
      onKeyDown={(event) => roveFocus(event, true)}
    >
      {TOOLS.map(({ name, key, icon, gap }) => {
        const chosen = tool.value === name;
        return (
          <>
            {gap && <span class="divider" />}
            <IconButton
              key={name}
              class={`tool tool-${name}`}
              icon={icon}
              label={words.actions[name]}
              shortcut={key}
              role="radio"
              aria-checked={chosen}
              aria-keyshortcuts={key}
              tabIndex={chosen ? 0 : -1}
              onClick={() => command({ tool: name })}
            >
              <span class="tool-key" aria-hidden="true">{key}</span>
            </IconButton>
          </>
        );
      })}
    </div>
  );
}
