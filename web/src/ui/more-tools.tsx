/**
 * The tools that have no place in the bar, in a menu beside their button.
 * Owns how they are listed; which they are is the table's, which is in hand the engine's.
 */
import { type Act, actionsOf } from '../actions';
import { takeKeyboard } from '../keys';
import { moreTools, tool } from '../ui-state';
import { words } from '../words';
import { FloatingMenu } from './floating-menu';
import { Icon } from './icon';
import { iconOf } from './icons';
import './icons-later';
import { shortcutText } from './shortcut';

export function MoreTools({ act }: { act: Act }) {
  const at = moreTools.value;
  if (!at) return null;
  const close = (): void => {
    moreTools.value = undefined;
    takeKeyboard(true);
  };
  return (
    <FloatingMenu label={words.board.moreTools} x={at.x} y={at.y} close={close}>
      {actionsOf('more').map((action) => (
        <button
          key={action.id}
          type="button"
          class="button floating-line"
          role="menuitemradio"
          aria-checked={tool.value === action.id}
          tabIndex={-1}
          onClick={() => {
            close();
            act(action.id);
          }}
        >
          <Icon node={iconOf(action)} size={18} />
          <span>{words.actions[action.words]}</span>
          <span class="floating-key">{shortcutText(action.keys[0] ?? '')}</span>
        </button>
      ))}
    </FloatingMenu>
  );
}
