/** Undo and redo of one's own work. Owns no history. */
import { Redo2, Undo2 } from 'lucide';
import type { Command } from '../engine/wasm_client.js';
import { history } from '../ui-state';
import { words } from '../words';
import { IconButton } from './button';

export function HistoryButtons({ command }: { command: (command: Command) => void }) {
  const { canUndo, canRedo } = history.value;
  return (
    <div class="island history" role="group" aria-label={words.board.history}>
      <IconButton icon={Undo2} label={words.actions.undo} shortcut="Ctrl+Z" disabled={!canUndo} onClick={() => command('undo')} />
      <IconButton icon={Redo2} label={words.actions.redo} shortcut="Ctrl+Shift+Z" disabled={!canRedo} onClick={() => command('redo')} />
    </div>
  );
}
