/**
 * Pictures of the board that is open, as files.
 * Owns in which order a file comes to be: painted, written, with a scene in it. Shows nothing.
 */
import { Job } from './file-job';
import type { OpenBoard } from './foreign-files';
import { Painter, fits, largestScale, pixels } from './picture-canvas';
import { type Choice, type OnBoard, holdsScene, idsOf, sightsOf } from './picture-choice';
import { exporting } from './words-export';

/** A picture as a file, and what is not in it. */
export interface Made {
  file: Blob;
  /** Letters that no font has. */
  missing: string;
  /** How many pictures cannot be shown. */
  lacking: number;
  /** Whether files of pictures are not here. */
  away: boolean;
  /** What a scene in it does not say. */
  losses: readonly string[];
}

const MEDIA = { png: 'image/png', svg: 'image/svg+xml', pdf: 'application/pdf' } as const;

/** A file that is being made, in a worker of its own. */
export class Making {
  readonly choice: Choice;
  /** Undefined once it is cancelled; rejects where there is none. */
  readonly made: Promise<Made | undefined>;
  readonly #job = new Job();
  #give: (none: undefined) => void = () => undefined;

  constructor(choice: Choice, onBoard: OnBoard, open: OpenBoard) {
    this.choice = choice;
    const cancelled = new Promise<undefined>((give) => (this.#give = give));
    this.made = Promise.race([make(choice, onBoard, open, this.#job), cancelled]).finally(() => this.#job.end());
  }

  cancel(): void {
    this.#job.cancel();
    this.#give(undefined);
  }
}

async function make(choice: Choice, onBoard: OnBoard, open: OpenBoard, job: Job): Promise<Made> {
  const scene = choice.reopens && holdsScene(choice);
  await job.open(onBoard.state, choice.format === 'png' && !scene ? undefined : open);
  const picture = await drawn(choice, onBoard, open, job);
  if (!scene || choice.format === 'pdf') return picture;
  const file = new Uint8Array(await picture.file.arrayBuffer());
  const ids = idsOf(choice, onBoard);
  const embedded = await job.ask({ ask: 'embed', as: choice.format, file, ids, source: location.origin, now: Date.now() });
  return { ...picture, file: new Blob([embedded.file], { type: picture.file.type }), losses: embedded.losses };
}

async function drawn(choice: Choice, onBoard: OnBoard, { images }: OpenBoard, job: Job): Promise<Made> {
  const { format, outlines, scale } = choice;
  const sights = sightsOf(choice, onBoard);
  const type = MEDIA[format];
  if (format !== 'png') {
    const { file, missing, lacking } = await job.ask({ ask: 'picture', as: format, sights, outlines });
    return { file: new Blob([file], { type }), missing, lacking, away: false, losses: [] };
  }
  const [sight] = sights;
  if (!sight) throw new Error(exporting.empty);
  const painted = await job.ask({ ask: 'paint', sight });
  const smaller = choice.orSmaller && !fits(...pixels(painted, scale)) ? largestScale(painted, scale) : undefined;
  const png = await (await Painter.of(images)).png(painted, smaller ?? scale);
  if (!png) throw new Error(exporting.tooLargeToDraw(...pixels(painted, scale)));
  return { file: png.file, missing: '', lacking: 0, away: png.lacks, losses: [] };
}
