/**
 * The dialog that exports pictures of the board.
 * Owns its form, what is chosen in it, and where the file goes; settings, preview and the file are its parts.
 */
import { X } from 'lucide';
import { render } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { actionOf } from '../actions';
import { dark } from '../appearance';
import { putOnClipboard } from '../board-files';
import { downloadFile } from '../download';
import { selectedOf } from '../export-picture';
import { Job } from '../file-job';
import type { Frame, Painted } from '../file-work';
import type { OpenBoard } from '../foreign-files';
import { takeKeyboard } from '../keys';
import { fits, pixels } from '../picture-canvas';
import { type Choice, type Format, type OnBoard, holdsScene, sightsOf } from '../picture-choice';
import { toast } from '../ui-state';
import { exporting as say } from '../words-export';
import { IconButton } from './button';
import { Icon } from './icon';
import { iconOf } from './icons';
import './icons-later';
import { type ChosenFile, sentence, useFile } from './export-file';
import { ExportNotes } from './export-notes';
import { ExportPreview } from './export-preview';
import { ExportSettings } from './export-settings';
import './export-dialog.css';

interface Props {
  open: OpenBoard;
  /** The board and what is selected on it, when the dialog is opened: the file is what one sees. */
  state: Uint8Array;
  ids: readonly string[];
  first: Choice;
  job: Job;
  /** Settles once the job has the board. */
  opened: Promise<readonly Frame[]>;
  close: () => void;
}

/** What was chosen last; the theme is that of the page, and what is shown that of the selection. */
let last: Partial<Choice> = {};

const BEGINNING = {
  format: 'png', background: true, scale: 2, orSmaller: false, outlines: false, pages: false, reopens: false,
} as const;

/** Opens the dialog on a board. */
export function askForPicture(open: OpenBoard): void {
  if (document.querySelector('dialog[open]')) return;
  const ids = selectedOf(open);
  const state = open.shell.run((engine) => engine.snapshot());
  if (!state) return;
  const job = new Job();
  const opened = job.open(state).then(({ frames }) => frames);
  const host = document.body.appendChild(document.createElement('div'));
  const close = () => {
    render(null, host);
    host.remove();
    job.end();
    takeKeyboard(true);
  };
  const first: Choice = {
    ...BEGINNING, ...last, dark: dark.value, what: ids.length > 0 ? { show: 'selected' } : { show: 'all' },
  };
  render(<ExportDialog {...{ open, state, ids, first, job, opened, close }} />, host);
}

/** What is chosen, and that it is what is offered first the next time. */
function useChoice(first: Choice): [Choice, (change: Partial<Choice>) => void] {
  const [choice, setChoice] = useState(first);
  return [choice, (change) => {
    const next = { ...choice, ...change };
    const { what: _what, dark: _dark, ...kept } = next;
    last = kept;
    setChoice(next);
  }];
}

function ExportDialog({ open, state, ids, first, job, opened, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [choice, choose] = useChoice(first);
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  const [painted, setPainted] = useState<Painted>();
  const onBoard: OnBoard = { state, frames, ids };
  const tooLarge = choice.format === 'png' && painted !== undefined && !fits(...pixels(painted, choice.scale));
  const able = painted !== undefined && !tooLarge;
  const chosen = useFile(choice, onBoard, open, able);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // Enter means the file as long as nothing else was gone to.
    dialog.current?.focus();
    opened.then(setFrames, (error: unknown) => chosen.refuse(say.failed(sentence(error))));
  }, []);

  const download = async () => {
    const made = able ? await chosen.file() : undefined;
    if (!made) return;
    const { what, format, reopens } = choice;
    const name = frames.find(({ id }) => what.show === 'one' && id === what.id)?.name ?? open.name;
    downloadFile(made.file, name, reopens && holdsScene(choice) ? `excalidraw.${format}` : format);
    close();
  };

  return (
    <dialog
      ref={dialog}
      class="dialog export"
      aria-labelledby="export-title"
      tabIndex={-1}
      onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      onKeyDown={(event) => {
        const other = event.target instanceof Element && event.target.closest(OTHERS);
        if (event.key !== 'Enter' || event.isComposing || other) return;
        event.preventDefault();
        void download();
      }}
    >
      <div class="export-body">
        <header class="export-head">
          <h2 id="export-title">{say.title}</h2>
          <IconButton class="export-close" icon={X} label={say.close} onClick={() => dialog.current?.close()} />
        </header>
        <ExportPreview {...{ job, opened, painted }} dark={choice.dark} sights={sightsOf(choice, onBoard)} images={open.images} paintedNow={setPainted} />
        <ExportSettings {...{ choice, choose, painted, onBoard }} />
        <ExportNotes {...{ choice, choose, painted, tooLarge }} refused={chosen.refused} made={chosen.done} />
        <Foot {...{ chosen, able, close }} format={choice.format} download={() => void download()} />
      </div>
    </dialog>
  );
}

/** On these Enter does what they do. */
const OTHERS = '.export-close, .export-copy, .export-cancel, .export-note button, .export-pages button';

interface FootProps {
  chosen: ChosenFile;
  able: boolean;
  format: Format;
  download: () => void;
  close: () => void;
}

/** What can be done with the file. */
function Foot({ chosen, able, format, download, close }: FootProps) {
  return (
    <footer class="export-foot">
      <span class="export-state" role="status">{chosen.busy && say.making}</span>
      {chosen.busy && <button type="button" class="button worded export-cancel" onClick={chosen.cancel}>{say.cancel}</button>}
      {format !== 'pdf' && (
        <button type="button" class="button worded outlined export-copy" disabled={!able} onClick={() => copy(format, chosen, close)}>
          <Icon node={iconOf(actionOf('copy'))} size={18} />{say.copy}
        </button>
      )}
      <button type="button" class="button worded primary" disabled={!able} onClick={download}>
        <Icon node={iconOf(actionOf('saveExcalidraw'))} size={18} />{say.download}
      </button>
    </footer>
  );
}

function copy(format: 'png' | 'svg', { file, refuse }: ChosenFile, close: () => void): void {
  const blob = file().then((made) => {
    if (!made) throw new Error();
    return format === 'svg' ? new Blob([made.file], { type: 'text/plain' }) : made.file;
  });
  // At once: browsers let nobody write to the clipboard whom no key has asked.
  putOnClipboard(format === 'svg' ? 'text/plain' : 'image/png', blob).then(
    () => (toast(say.copied[format]), close()),
    async () => {
      if (await blob.catch(() => undefined)) refuse(say.notCopied(say.noClipboard));
    },
  );
}
