/**
 * The file that is chosen in the dialog, while it is made and once it is there.
 * Owns that it is made once for a choice, and ahead of being wanted where that says something of it.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OpenBoard } from '../foreign-files';
import type { Choice, OnBoard } from '../picture-choice';
import { type Made, Making } from '../picture-making';
import { exporting as say } from '../words-export';

/** Whoever goes through the choices does not want each, ms. */
const SETTLED = 200;

export const sentence = (error: unknown) => String(error instanceof Error ? error.message : error);

export interface ChosenFile {
  /** The file; undefined where there is none, or it was cancelled. */
  file: () => Promise<Made | undefined>;
  cancel: () => void;
  busy: boolean;
  /** What came of it. */
  done: Made | undefined;
  /** Why there is no file. */
  refused: string;
  refuse: (why: string) => void;
}

/** `able` says whether there can be one. */
export function useFile(choice: Choice, onBoard: OnBoard, open: OpenBoard, able: boolean): ChosenFile {
  const making = useRef<Making | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Made>();
  const [refused, refuse] = useState('');

  const cancel = () => {
    making.current?.cancel();
    making.current = undefined;
    setBusy(false);
  };
  const file = async (): Promise<Made | undefined> => {
    if (making.current?.choice === choice) return making.current.made.catch(() => undefined);
    const now = making.current = new Making(choice, onBoard, open);
    const isWanted = () => making.current === now;
    setBusy(true);
    try {
      const one = await now.made;
      if (isWanted()) setDone(one);
      return one;
    } catch (error) {
      if (isWanted()) refuse(say.failed(sentence(error)));
      // Whoever asks again wants it tried again.
      if (isWanted()) cancel();
      return undefined;
    } finally {
      if (isWanted()) setBusy(false);
    }
  };

  // What a browser draws lacks nothing that is not seen; of all else the file itself says so.
  const ahead = able && (choice.format !== 'png' || choice.reopens);
  useEffect(() => {
    if (!ahead) return undefined;
    const soon = setTimeout(() => void file(), SETTLED);
    return () => clearTimeout(soon);
  }, [choice, ahead]);
  useEffect(() => () => {
    cancel();
    setDone(undefined);
    refuse('');
  }, [choice]);
  return { file, cancel, busy, done, refused, refuse };
}
