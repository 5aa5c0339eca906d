/** Zoom out, the zoom itself (a click is 100 %), zoom in, fit. Owns no camera. */
import { Maximize, Minus, Plus } from 'lucide';
import type { Command } from '../engine/wasm_client.js';
import { camera } from '../ui-state';
import { IconButton } from './button';

export function ZoomControl({ command }: { command: (command: Command) => void }) {
  const percent = `${Math.round(camera.value.zoom * 100)}%`;
  return (
    <div class="island zoom" role="group" aria-label="Zoom">
      <IconButton icon={Minus} label="Zoom out" shortcut="Ctrl+-" onClick={() => command('zoomOut')} />
      <button
        type="button"
        class="button zoom-value"
        aria-label={`Zoom ${percent}, reset to 100%`}
        title="Reset zoom (Ctrl+0)"
        onClick={() => command('zoomReset')}
      >
        {percent}
      </button>
      <IconButton icon={Plus} label="Zoom in" shortcut="Ctrl++" onClick={() => command('zoomIn')} />
      <IconButton icon={Maximize} label="Zoom to fit" shortcut="Shift+1" onClick={() => command('zoomToFit')} />
    </div>
  );
}
