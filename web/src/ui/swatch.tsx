/**
 * A colour that can be picked. Owns its face and its name for everybody; the board shows it otherwise in the dark.
 */
import { darkOf } from './offered';

interface Props {
  /** As the document has it. */
  color: string;
  /** As the dark board shows it, if not as every element in that colour. */
  dark?: string;
  label: string;
  title: string;
  checked: boolean;
  /** Whether Tab comes to it. */
  stop: boolean;
  pick: (color: string) => void;
}

export function SwatchButton({ color, dark = darkOf(color), label, title, checked, stop, pick }: Props) {
  return (
    <button
      type="button"
      class="swatch"
      role="radio"
      aria-checked={checked}
      aria-label={label}
      title={title}
      tabIndex={stop ? 0 : -1}
      onClick={() => pick(color)}
    >
      <span class={`swatch-face turns ${color === 'transparent' ? 'swatch-none' : ''}`} style={{ '--own': color, '--own-dark': dark }} />
    </button>
  );
}
