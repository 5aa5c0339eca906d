/**
 * Light, dark, or as the system says: the choice as a row of buttons, for both pages.
 * Owns its look; the choice is kept elsewhere.
 */
import { Monitor, Moon, Sun } from 'lucide';
import { appearance, chooseAppearance, type Appearance } from '../appearance';
import { Icon, type IconNode } from './icon';
import { roveFocus } from './roving';
import './appearance-choice.css';

const APPEARANCES: readonly { choice: Appearance; label: string; icon: IconNode }[] = [
  { choice: 'light', label: 'Light', icon: Sun },
  { choice: 'dark', label: 'Dark', icon: Moon },
  { choice: 'system', label: 'System', icon: Monitor },
];

/** Light, dark or as the system says. */
export function AppearanceChoice() {
  return (
    <div class="appearance" role="radiogroup" aria-label="Theme" onKeyDown={(event) => roveFocus(event, true)}>
      {APPEARANCES.map(({ choice, label, icon }) => {
        const chosen = appearance.value === choice;
        return (
          <button
            key={choice}
            type="button"
            class="button"
            role="radio"
            aria-checked={chosen}
            aria-label={`${label} theme`}
            title={label}
            tabIndex={chosen ? 0 : -1}
            onClick={() => chooseAppearance(choice)}
          >
            <Icon node={icon} size={18} />
          </button>
        );
      })}
    </div>
  );
}
