/**
 * Where what is selected is, in numbers that can be typed.
 * Owns whether they are shown; what a number changes is the engine's.
 */
import { computed, signal } from '@preact/signals';
import { place } from '../ui-state';
import { later } from '../words-later';
import { NumberField } from './number-field';
import './place-fields.css';

/** A number of the place. */
export type PlaceName = keyof typeof later.place;
/** Sets one. */
export type Put = (name: PlaceName, value: number) => void;

const NAMES = ['x', 'y', 'w', 'h', 'angle'] as const satisfies readonly PlaceName[];
/** As far as the board reaches, board units. */
const FAR = 1e6;
/** What each takes. */
const RANGES: Readonly<Record<PlaceName, { min: number; max: number }>> = {
  x: { min: -FAR, max: FAR },
  y: { min: -FAR, max: FAR },
  w: { min: 1, max: FAR },
  h: { min: 1, max: FAR },
  angle: { min: -360, max: 360 },
};

/** Whoever wants them for one thing wants them for the next. */
const open = signal(false);
const placed = computed(() => place.value !== undefined);

export function PlaceFields({ put }: { put: Put }) {
  if (!placed.value) return null;
  return (
    <details
      class="style-section place-fields"
      open={open.value}
      onToggle={({ currentTarget }) => (open.value = currentTarget.open)}
    >
      <summary class="caption">{later.style.place}</summary>
      {open.value && <Numbers put={put} />}
    </details>
  );
}

/** They change with every event of a drag, and are made only where somebody reads them. */
function Numbers({ put }: { put: Put }) {
  const shown = place.value;
  return (
    <div class="place-grid">
      {NAMES.map((name) => {
        const value = shown?.[name];
        const { name: label, letter } = later.place[name];
        return value != null && (
          <label key={name} class="place-field">
            <span aria-hidden="true">{letter}</span>
            <NumberField name={label} value={value} {...RANGES[name]} change={(number) => put(name, number)} />
          </label>
        );
      })}
    </div>
  );
}
