/** Zoom out, the zoom itself (a click is 100 %), zoom in, fit. Owns no camera. */
import { Maximize, Minus, Plus } from 'lucide';
import type { Command } from '../engine/wasm_client.js';
import { camera } from '../ui-state';
import { words } from '../words';
import { IconButton } from './button';
import { shortcutText } from './shortcut';

export function ZoomControl({ command }: { command: (command: Command) => void }) {
  const percent = `${Math.round(camera.value.zoom * 100)}%`;
  return (
    <div class="island zoom" role="group" aria-label={words.board.zoom}>
      <IconButton icon={Minus} label={words.actions.zoomOut} shortcut="Ctrl+-" onClick={() => command('zoomOut')} />
      <button
        type="button"
        class="button zoom-value"
        aria-label={words.board.zoomNow(percent)}
        title={`${words.actions.zoomReset} (${shortcutText('Ctrl+0')})`}
        onClick={() => command('zoomReset')}
      >
        {percent}
      </button>
      <IconButton icon={Plus} label={words.actions.zoomIn} shortcut="Ctrl++" onClick={() => command('zoomIn')} />
      <IconButton icon={Maximize} label={words.actions.zoomToFit} shortcut="Shift+1" onClick={() => command('zoomToFit')} />
    </div>
  );
}
