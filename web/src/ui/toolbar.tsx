/**
 * The tools, as one radio group.
 * Owns where a thin line comes between them; the engine owns which is in hand.
 */
import { type Act, type ActionId, actionOf, actionsOf } from '../actions';
import { takeKeyboard } from '../keys';
import { kept, tool } from '../ui-state';
import { words } from '../words';
import { IconButton } from './button';
import { Icon } from './icon';
import { iconOf } from './icons';
import { roveFocus } from './roving';
import { shortcutText } from './shortcut';
import './toolbar.css';

/** A thin line comes before these. */
const GAPS: readonly ActionId[] = ['pen', 'eraser'];

export function Toolbar({ act }: { act: Act }) {
  return (
    <div
      class="island toolbar"
      role="radiogroup"
      aria-label={words.board.tools}
      onKeyDown={(event) => {
        roveFocus(event, true);
        if (event.key !== 'Enter' || !(event.target instanceof HTMLElement)) return;
        // Done choosing. The button's own press would come too late, when it has the keyboard no more;
        // a second one would keep the tool in hand.
        event.preventDefault();
        if (event.target.ariaChecked !== 'true') event.target.click();
        takeKeyboard(true);
      }}
    >
      {actionsOf('tools').map((action) => {
        const { id, keys: [key] } = action;
        const chosen = tool.value === id;
        const shown = shortcutText(key ?? '');
        return (
          <>
            {GAPS.includes(id) && <span class="divider" />}
            <IconButton
              key={id}
              class={`tool tool-${id}`}
              icon={iconOf(action)}
              label={words.actions[action.words]}
              shortcut={key}
              role="radio"
              aria-checked={chosen}
              aria-keyshortcuts={shown}
              tabIndex={chosen ? 0 : -1}
              onClick={() => act(id)}
            >
              {chosen && kept.value
                ? <span class="tool-pin"><Icon node={iconOf(actionOf('keepTool'))} size={12} /></span>
                : <span class="tool-key" aria-hidden="true">{shown}</span>}
            </IconButton>
          </>
        );
      })}
    </div>
  );
}
