/**
 * The picture that is chosen, as large as there is room.
 * Owns which page of several is seen, and that what was chosen last is what is painted.
 */
import { ChevronLeft, ChevronRight } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Job } from '../file-job';
import type { Painted, Sight } from '../file-work';
import type { Images } from '../images';
import { Painter } from '../picture-canvas';
import { exporting as say } from '../words-export';
import { IconButton } from './button';

interface Props {
  job: Job;
  /** Settles once the job has the board. */
  opened: Promise<unknown>;
  dark: boolean;
  sights: readonly Sight[];
  images: Images;
  /** What is seen; undefined before it is known, and where there is nothing. */
  painted: Painted | undefined;
  paintedNow: (painted: Painted | undefined) => void;
}

/** A small picture is shown no larger than this. */
const LARGEST = 2;
/** No more pixels of a side than browsers draw. */
const MOST = 4096;

export function ExportPreview({ job, opened, dark, sights, images, painted, paintedNow }: Props) {
  /** Settles when the worker may be asked again, which answers one at a time. */
  const turn = useRef(opened);
  const canvas = useRef<HTMLCanvasElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [empty, setEmpty] = useState(false);
  const page = Math.min(at, sights.length - 1);
  const sight = JSON.stringify(sights[page]);

  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (room.current) watch.observe(room.current);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    let wanted = true;
    turn.current = turn.current.then(async () => {
      if (!wanted) return;
      const now = await job.ask({ ask: 'paint', sight: JSON.parse(sight) as Sight }).catch(() => undefined);
      if (!wanted) return;
      setEmpty(!now);
      paintedNow(now);
    });
    turn.current.catch(() => undefined);
    return () => (wanted = false, undefined);
  }, [sight]);

  useEffect(() => {
    const sheet = canvas.current;
    if (!sheet || !painted || size.width === 0) return undefined;
    let wanted = true;
    const fit = Math.min(size.width / painted.width, size.height / painted.height, LARGEST);
    const [width, height] = [painted.width * fit, painted.height * fit];
    const density = Math.min(devicePixelRatio, MOST / Math.max(width, height));
    sheet.style.width = `${width}px`;
    sheet.style.height = `${height}px`;
    [sheet.width, sheet.height] = [Math.max(1, Math.round(width * density)), Math.max(1, Math.round(height * density))];
    void Painter.of(images).then((painter) => wanted && painter.draw(sheet, painted, fit * density, () => wanted));
    return () => (wanted = false, undefined);
  }, [painted, size.width, size.height]);

  return (
    <figure class="export-preview" aria-label={say.preview}>
      <div ref={room} class="export-room">
        {!painted && <p class="export-empty">{empty ? say.empty : say.looking}</p>}
        <canvas ref={canvas} class={dark ? 'export-dark' : 'export-light'} hidden={!painted} role="img" aria-label={say.preview} />
      </div>
      {sights.length > 1 && (
        <figcaption class="export-pages">
          <IconButton icon={ChevronLeft} label={say.pageBefore} disabled={page === 0} onClick={() => setAt(page - 1)} />
          <span>{say.page(page + 1, sights.length)}</span>
          <IconButton icon={ChevronRight} label={say.nextPage} disabled={page === sights.length - 1} onClick={() => setAt(page + 1)} />
        </figcaption>
      )}
    </figure>
  );
}
