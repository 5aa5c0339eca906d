/**
 * What is in the main menu: boards, theme, help.
 * Owns which actions those are; all else about them is the table's.
 */
import { Pointer } from 'lucide';
import { type Act, type ActionId, actionOf } from '../actions';
import { chooseFingers, fingersDraw } from '../fingers';
import { dots, snaps } from '../grid';
import { PLACES } from '../page-actions';
import { words } from '../words';
import { later } from '../words-later';
import { AppearanceChoice } from './appearance-choice';
import { Icon } from './icon';
import { iconOf } from './icons';
import './icons-later';
import { shortcutText } from './shortcut';
import './menu-list.css';
import './scroll-shade.css';

function close(): void {
  document.getElementById('menu-popover')?.hidePopover();
}

interface Props {
  act: Act;
  fingers: (draw: boolean) => void;
}

/** Shown where there are fingers. */
function FingersChoice({ fingers }: Pick<Props, 'fingers'>) {
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
        fingers(!draw);
      }}
    >
      <Icon node={Pointer} size={18} />
      <span class="menu-label">{later.menu.fingers}</span>
      <span class="switch" />
    </button>
  );
}

/** A line that says whether something is so. */
function Switch({ id, on, act }: { id: ActionId; on: boolean; act: Act }) {
  return (
    <button type="button" class="button menu-item" role="switch" aria-checked={on} onClick={() => act(id)}>
      <Face id={id} />
      <span class="switch" />
    </button>
  );
}

/** What a line of the menu shows of an action. */
function Face({ id }: { id: ActionId }) {
  const action = actionOf(id);
  const [key] = action.keys;
  return (
    <>
      <Icon node={iconOf(action)} size={18} />
      <span class="menu-label">{words.actions[action.words]}</span>
      {key && <span class="menu-key">{shortcutText(key)}</span>}
    </>
  );
}

/** A place is a link, which people open in another tab. */
function Place({ id }: { id: keyof typeof PLACES }) {
  return <a class="button menu-item" href={PLACES[id]}><Face id={id} /></a>;
}

function Item({ id, act }: { id: ActionId; act: Act }) {
  return (
    <button type="button" class="button menu-item" onClick={() => (close(), act(id))}>
      <Face id={id} />
    </button>
  );
}

export function MenuList({ act, fingers }: Props) {
  return (
    <>
      <Place id="newBoard" />
      <Place id="yourBoards" />
      <Item id="rename" act={act} />
      <Item id="openFile" act={act} />
      <Item id="exportPicture" act={act} />
      <Item id="saveDrawbridge" act={act} />
      <Item id="saveExcalidraw" act={act} />
      <hr />
      <Item id="zoomToFit" act={act} />
      <Switch id="dots" on={dots.value} act={act} />
      <Switch id="snap" on={snaps.value} act={act} />
      <Item id="help" act={act} />
      <hr />
      <div class="menu-theme">
        <span>{words.appearance.label}</span>
        <AppearanceChoice />
      </div>
      <FingersChoice fingers={fingers} />
    </>
  );
}
