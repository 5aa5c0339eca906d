/**
 * Any colour: shades, those of this board, recent ones, numbers, from the screen, and how much shows through.
 * Owns what it offers while it is open; what is chosen is the document's (light) colour.
 */
import { Pipette } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { dark } from '../appearance';
import { toast } from '../ui-state';
import { later } from '../words-later';
import { IconButton } from './button';
import { alphaOf, colorOf, mostUsed, opaqueOf, shadesOf, turnedBack, withAlpha } from './css-color';
import { NumberChoice } from './number-choice';
import { shownAs } from './offered';
import { noteColor, recentColors } from './recent-colors';
import { roveFocus } from './roving';
import type { OnBoard } from './style-panel';
import { SwatchButton } from './swatch';
import './color-card.css';

/** So many of a board's colours are offered beside those of every board. */
const ON_BOARD = 12;
/** What is not seen at all is the colour "none" and nothing that one slides to, per cent. */
const FAINTEST = 5;
/** Between the panel and its card, and to the edges of the window, CSS pixels. */
const GAP = 8;

const say = later.color;

/** What some browsers have to pick a colour from the screen. */
interface Dropper {
  open(): Promise<{ sRGBHex: string }>;
}
const Dropper = (window as { EyeDropper?: new () => Dropper }).EyeDropper;

interface Props {
  /** Of what it is the colour. */
  name: string;
  /** Null: mixed. */
  value: string | null;
  /** What its row offers anyway. */
  offered: readonly string[];
  /** Asks for the colours that are on the board, each as often as something has it. */
  onBoard: OnBoard;
  change: (color: string, done: boolean) => void;
}

interface RowProps extends Pick<Props, 'name' | 'value'> {
  title: string;
  colors: readonly string[];
  pick: (color: string) => void;
}

function Row({ name, title, value, colors, pick }: RowProps) {
  const known = Math.max(0, colors.findIndex((color) => color === value));
  if (colors.length === 0) return null;
  return (
    <section>
      <h3 class="caption">{title}</h3>
      <div class="card-swatches" role="radiogroup" aria-label={`${name}, ${title}`} onKeyDown={(event) => roveFocus(event, true)}>
        {colors.map((color, i) => (
          <SwatchButton
            key={color}
            {...{ color, pick }}
            label={later.style.option(name, color)}
            title={color}
            checked={color === value}
            stop={i === known}
          />
        ))}
      </div>
    </section>
  );
}

/** A colour that one types, in any way that CSS knows. */
function ColorField({ name, value, take }: Pick<Props, 'name' | 'value'> & { take: (color: string) => void }) {
  const typed = useRef<string | undefined>(undefined);
  const shown = value ?? '';
  const end = (input: HTMLInputElement): void => {
    const text = typed.current?.trim();
    typed.current = undefined;
    const color = text ? colorOf(text) : undefined;
    if (text && !color) toast(say.none(text));
    input.value = color ?? shown;
    if (color && color !== value) take(color);
  };
  return (
    <input
      class="field card-field"
      aria-label={say.typed(name)}
      value={typed.current ?? shown}
      placeholder={value === null ? later.style.mixed : '#'}
      maxLength={40}
      spellcheck={false}
      autocomplete="off"
      autocapitalize="off"
      onFocus={(event) => event.currentTarget.select()}
      onInput={(event) => (typed.current = event.currentTarget.value)}
      onChange={(event) => end(event.currentTarget)}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') {
          end(currentTarget);
          currentTarget.select();
        } else if (key === 'Escape') typed.current = undefined;
      }}
    />
  );
}

/** What is in the card while it is open. */
export function ColorCard({ name, value, offered, onBoard, change }: Props) {
  const top = useRef<HTMLHeadingElement>(null);
  const chosen = useRef<string | undefined>(undefined);
  const [board] = useState(() => mostUsed(onBoard() ?? []).filter((color) => !offered.includes(color)).slice(0, ON_BOARD));
  const [recent] = useState(recentColors);
  // Shades stay while one goes from one to the next.
  const [hue, setHue] = useState(() => opaqueOf(value));
  useLayoutEffect(() => {
    place(top.current?.closest<HTMLElement>('.color-card'));
    // Those that were only passed on the way are not worth a place.
    return () => chosen.current && noteColor(chosen.current);
  }, []);
  const set = (color: string, done: boolean): void => {
    if (done) chosen.current = offered.includes(color) ? undefined : color;
    change(color, done);
  };
  const take = (color: string): void => {
    setHue(opaqueOf(color));
    set(color, true);
  };
  const keepAlpha = (color: string): string => withAlpha(color, alphaOf(value));
  const opaque = opaqueOf(value);
  return (
    <>
      <h2 ref={top} class="card-name">{name}</h2>
      {hue && (
        <Row
          {...{ name, value }}
          title={say.shades}
          colors={shadesOf(hue).map(keepAlpha)}
          pick={(color) => set(color, true)}
        />
      )}
      <Row {...{ name, value }} title={say.onBoard} colors={board} pick={take} />
      <Row {...{ name, value }} title={say.recent} colors={recent} pick={take} />
      <div class="card-ways">
        <label class="swatch swatch-any" title={say.wheel}>
          <span class="swatch-face swatch-wheel" />
          <input
            type="color"
            aria-label={say.wheelOf(name)}
            value={opaque ?? '#1e1e1e'}
            onInput={(event) => set(keepAlpha(event.currentTarget.value), false)}
            onChange={(event) => take(keepAlpha(event.currentTarget.value))}
          />
        </label>
        <ColorField {...{ name, value, take }} />
        {Dropper && <IconButton icon={Pipette} label={say.fromScreen} onClick={() => void fromScreen(take)} />}
      </div>
      {opaque && (
        <NumberChoice
          name={say.alpha(name)}
          caption={later.style.opacity}
          value={Math.round(alphaOf(value) * 100)}
          range={{ min: FAINTEST, max: 100, step: 5 }}
          unit="%"
          slides
          change={(percent, done) => set(withAlpha(opaque, percent / 100), done)}
        />
      )}
    </>
  );
}

/** Takes a colour from the screen; one that a dark board shows is what it is shown of. */
async function fromScreen(take: (color: string) => void): Promise<void> {
  const picked = Dropper && await new Dropper().open().catch(() => undefined);
  const seen = picked && colorOf(picked.sRGBHex);
  if (!seen) return;
  take(dark.value ? shownAs(seen) ?? turnedBack(seen) : seen);
}

/** Stands beside the panel, as near to its row as the window lets it; a sheet stands where its style says. */
function place(card: HTMLElement | null | undefined): void {
  const panel = card?.closest('.style-panel')?.getBoundingClientRect();
  const row = card?.parentElement?.getBoundingClientRect();
  if (!card || !panel || !row) return;
  const lowest = innerHeight - card.offsetHeight - GAP;
  card.style.setProperty('--card-left', `${panel.right + GAP}px`);
  card.style.setProperty('--card-top', `${Math.max(GAP, Math.min(row.top - GAP, lowest))}px`);
}
