/**
 * What is on the board's page: canvases below, bars and cards above them.
 * Owns where each widget stands; what they do is theirs.
 */
import type { Act } from './actions';
import type { TextInput } from './text-field';
import { Stage } from './stage';
import * as state from './ui-state';
import { keepFocus } from './ui/button';
import { Connection } from './ui/connection';
import { Failure } from './ui/failure';
import { HistoryButtons } from './ui/history-buttons';
import { later } from './ui/later';
import { Menu } from './ui/menu';
import { People } from './ui/people';
import { Share } from './ui/share';
import { Stopped } from './ui/stopped';
import type { Put } from './ui/place-fields';
import type { OnBoard, Restyle } from './ui/style-panel';
import type { Rename } from './ui/title';
import { Toasts } from './ui/toasts';
import { Toolbar } from './ui/toolbar';
import { ZoomControl } from './ui/zoom-control';
import { words } from './words';

const AddressField = later(async () => (await import('./ui/address-field')).AddressField);
const Announcer = later(async () => (await import('./ui/announcer')).Announcer);
const BoardMenu = later(async () => (await import('./ui/board-menu')).BoardMenu);
const EmptyHint = later(async () => (await import('./ui/empty-hint')).EmptyHint);
const BackToContent = later(async () => (await import('./ui/back-to-content')).BackToContent);
const Introduction = later(async () => (await import('./ui/introduction')).Introduction);
const Help = later(async () => (await import('./ui/help')).Help);
const HelpButton = later(async () => (await import('./ui/help')).HelpButton);
const MoreTools = later(async () => (await import('./ui/more-tools')).MoreTools);
const NextNote = later(async () => (await import('./ui/next-note')).NextNote);
const SelectionButtons = later(async () => (await import('./ui/selection-buttons')).SelectionButtons);
const StylePanel = later(async () => (await import('./ui/style-panel')).StylePanel);
const UploadsView = later(async () => (await import('./ui/uploads')).UploadsView);
const ToolHint = later(async () => (await import('./ui/tool-hint')).ToolHint);

/** What the widgets can ask for. */
export interface Actions {
  board: string;
  act: Act;
  fingers: (draw: boolean) => void;
  restyle: Restyle;
  onBoard: OnBoard;
  put: Put;
  /** Has what is selected lead to an address, or nowhere. */
  lead: (address: string) => void;
  rename: Rename;
  text: (input: TextInput) => void;
  leave: () => void;
  download: () => Promise<void>;
  /** Gives all of the board as a file. */
  copy: () => Promise<void>;
  /** Connects again at once. */
  retry: () => void;
  /** Gets the newest page and starts it. */
  reload: () => void;
}

export function BoardView({ board, act, fingers, restyle, onBoard, put, lead, rename, text, leave, download, copy, retry, reload }: Actions) {
  const broken = state.failure.value !== undefined;
  return (
    <>
      <Stage {...{ text, act, leave }}><EmptyHint /></Stage>
      <section class="chrome" aria-label={words.board.controls} inert={broken} onMouseDown={keepFocus}>
        <Menu board={board} act={act} fingers={fingers} rename={rename} />
        <Toolbar act={act} />
        <div class="island corner">
          <Connection retry={retry} download={download} />
          <People />
          <Share />
        </div>
        <Introduction board={board} act={act} />
        <StylePanel act={act} restyle={restyle} onBoard={onBoard} put={put} />
        <div class="bottom">
          <div class="foot">
            <ZoomControl act={act} />
            <HistoryButtons act={act} />
            <SelectionButtons act={act} />
          </div>
          <div class="middle">
            <Toasts />
            <UploadsView />
            <Stopped {...{ download, copy, reload }} />
            <BackToContent act={act} />
            <ToolHint />
          </div>
          <HelpButton act={act} />
        </div>
        <NextNote act={act} />
        <Announcer />
      </section>
      <BoardMenu act={act} />
      <AddressField lead={lead} act={act} />
      <MoreTools act={act} />
      <Help />
      {state.failure.value && <Failure failure={state.failure.value} />}
    </>
  );
}
