/**
 * The tools, as one radio group.
 * Owns their order, icons and hints; the engine owns which is in hand.
 */
import {
  Circle, Eraser, Hand, MousePointer2, MoveUpRight, Pencil, Slash, Square, Type,
} from 'lucide';
import type { Command, ToolName } from '../engine/wasm_client.js';
import { tool } from '../ui-state';
import { IconButton } from './button';
import type { IconNode } from './icon';
import { roveFocus } from './roving';
import './toolbar.css';

interface Tool {
  name: ToolName;
  label: string;
  key: string;
  icon: IconNode;
  /** Whether a thin line comes before it. */
  gap?: boolean;
}

/** The tools in the order of the bar. */
export const TOOLS: readonly Tool[] = [
  { name: 'select', label: 'Select', key: 'V', icon: MousePointer2 },
  { name: 'hand', label: 'Hand', key: 'H', icon: Hand },
  { name: 'pen', label: 'Pen', key: 'P', icon: Pencil, gap: true },
  { name: 'rectangle', label: 'Rectangle', key: 'R', icon: Square },
  { name: 'ellipse', label: 'Ellipse', key: 'O', icon: Circle },
  { name: 'line', label: 'Line', key: 'L', icon: Slash },
  { name: 'arrow', label: 'Arrow', key: 'A', icon: MoveUpRight },
  { name: 'text', label: 'Text', key: 'T', icon: Type },
  { name: 'eraser', label: 'Eraser', key: 'E', icon: Eraser, gap: true },
];

export function Toolbar({ command }: { command: (command: Command) => void }) {
  return (
    <div
      class="island toolbar"
      role="radiogroup"
      aria-label="Tools"
      onKeyDown={(event) => roveFocus(event, true)}
    >
      {TOOLS.map(({ name, label, key, icon, gap }) => {
        const chosen = tool.value === name;
        return (
          <>
            {gap && <span class="divider" />}
            <IconButton
              key={name}
              class={`tool tool-${name}`}
              icon={icon}
              label={label}
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
