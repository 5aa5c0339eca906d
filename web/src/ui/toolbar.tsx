/**
 * The tools, as one radio group, and the way to the others.
 * Owns where a thin line comes between them; the engine owns which is in hand.
 */
import { Ellipsis } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { type Act, type ActionId, actionOf, actionsOf } from '../actions';
import { takeKeyboard } from '../keys';
import { kept, moreTools, tool } from '../ui-state';
import { words } from '../words';
import { IconButton } from './button';
import { Icon } from './icon';
import { iconOf } from './icons';
import { roveFocus } from './roving';
import { shortcutText } from './shortcut';
import './toolbar.css';

/** A thin line comes before these. */
const GAPS: readonly ActionId[] = ['pen', 'rectangle'];

/** About how high a line of that menu is, CSS pixels. */
const LINE = 40;

/** Opens the menu of the tools that have no place in the bar, below it or above. */
function openMore({ currentTarget }: { currentTarget: Element }): void {
  const { left, top, bottom } = currentTarget.getBoundingClientRect();
  const height = (actionsOf('more').length + 1) * LINE;
  moreTools.value = { x: left, y: top > innerHeight / 2 ? top - height : bottom + 8 };
}

/** Shows which of them is in hand. */
function MoreButton() {
  const inHand = actionsOf('more').find(({ id }) => id === tool.value);
  const icon = inHand ? iconOf(inHand) : [];
  const label = inHand ? `${words.board.moreTools}: ${words.actions[inHand.words]}` : words.board.moreTools;
  return (
    <IconButton
      class="tool"
      icon={icon.length > 0 ? icon : Ellipsis}
      label={label}
      aria-haspopup="menu"
      aria-expanded={moreTools.value !== undefined}
      aria-pressed={inHand !== undefined}
      onClick={openMore}
    />
  );
}

export function Toolbar({ act }: { act: Act }) {
  const bar = useRef<HTMLDivElement>(null);
  // Where the bar scrolls, the tool in hand is in view, whoever took it.
  useEffect(() => {
    const inHand = bar.current?.querySelector('[aria-checked="true"], [aria-pressed="true"]');
    inHand?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tool.value]);
  return (
    <div ref={bar} class="island toolbar">
      <Tools act={act} />
      <span class="divider" />
      <MoreButton />
    </div>
  );
}

function Tools({ act }: { act: Act }) {
  const inBar = actionsOf('tools').some(({ id }) => id === tool.value);
  return (
    <div
      class="tools"
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
              tabIndex={chosen || (id === 'select' && !inBar) ? 0 : -1}
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
