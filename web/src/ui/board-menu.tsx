/**
 * The menu of what is selected, or of the board: by right click, by a finger that rests, by key.
 * Owns which actions it has; what they do, their words and keys are the table's.
 */
import { type Act, type ActionId, actionOf, actionsOf, applies } from '../actions';
import { takeKeyboard } from '../keys';
import { pasteAt, pastes } from '../paste';
import { boardMenu, selected } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';
import { FloatingMenu } from './floating-menu';
import { Icon } from './icon';
import { iconOf } from './icons';
import './icons-later';
import { shortcutText } from './shortcut';

/** With a line between the groups. */
const OF_SELECTION: readonly (readonly ActionId[])[] = [
  ['cut', 'copy', 'paste', 'duplicate'],
  ['copyPng', 'copySvg', 'copyExcalidraw', 'exportPicture'],
  ['addLabel', 'editText'],
  ['selectKind', 'selectStyle'],
  ['copyStyle', 'pasteStyle'],
  ['group', 'ungroup', 'frameSelection', 'removeFrame', 'lock', 'unlock'],
  ['link', 'openLink', 'copyLink'],
  ['points'],
  ['crop', 'replaceImage', 'resetCrop', 'resetSize'],
  ['bringToFront', 'bringForward', 'sendBackward', 'sendToBack'],
  ['flipAcross', 'flipDown'],
  ['delete'],
];
const OF_BOARD: readonly (readonly ActionId[])[] = [
  ['undo', 'redo'],
  ['paste'],
  ['copyPng', 'copySvg', 'copyExcalidraw', 'exportPicture'],
  ['selectAll', 'zoomToFit', 'dots'],
  ['help'],
];

/** Not worth a line where they would do nothing. */
const SELDOM = new Set<ActionId>(['addLabel', 'editText', 'points', 'openLink', 'copyLink', ...actionsOf('hold', 'picture').map(({ id }) => id)]);

/** By the key that does either. */
const WRITES = new Set<ActionId>(['addLabel', 'editText']);

function Line({ id, go }: { id: ActionId; go: (id: ActionId) => void }) {
  const action = actionOf(id);
  const [key] = (WRITES.has(id) ? actionOf('write') : action).keys;
  return (
    <button
      type="button"
      class="button floating-line"
      role="menuitem"
      tabIndex={-1}
      disabled={!applies(id)}
      onClick={() => go(id)}
    >
      <Icon node={iconOf(action)} size={18} />
      <span>{id === 'link' && applies('openLink') ? later.menu.editLink : words.actions[action.words]}</span>
      {key && <span class="floating-key">{shortcutText(key)}</span>}
    </button>
  );
}

export function BoardMenu({ act }: { act: Act }) {
  const at = boardMenu.value;
  if (!at) return null;
  const close = (): void => {
    boardMenu.value = undefined;
    takeKeyboard(true);
  };
  const go = (id: ActionId): void => {
    // An open menu has the keyboard, and the clipboard with it.
    document.querySelector<HTMLElement>('.floating-menu:popover-open')?.hidePopover();
    close();
    if (id === 'copy' || id === 'cut') document.execCommand(id);
    else if (id === 'paste') void pasteAt([at.x, at.y]);
    else act(id);
  };
  const shown = (id: ActionId): boolean => (!SELDOM.has(id) || applies(id)) && (id !== 'paste' || pastes());
  const groups = (selected.value > 0 ? OF_SELECTION : OF_BOARD).filter((group) => group.some(shown));
  return (
    <FloatingMenu key={`${at.x} ${at.y}`} label={later.menu.ofBoard} x={at.x} y={at.y} close={close}>
      {groups.map((group, i) => (
        <>
          {i > 0 && <hr />}
          {group.filter(shown).map((id) => <Line key={id} id={id} go={go} />)}
        </>
      ))}
    </FloatingMenu>
  );
}
