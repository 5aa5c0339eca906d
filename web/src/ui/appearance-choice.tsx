/**
 * Light, dark, or as the system says: the choice as a row of buttons, for both pages.
 * Owns its look; the choice is kept elsewhere.
 */
import { Monitor, Moon, Sun } from 'lucide';
import { appearance, chooseAppearance, type Appearance } from '../appearance';
import { words } from '../words';
import { Icon, type IconNode } from './icon';
import { roveFocus } from './roving';
import './appearance-choice.css';

const APPEARANCES: readonly { choice: Appearance; icon: IconNode }[] = [
  { choice: 'light', icon: Sun },
  { choice: 'dark', icon: Moon },
  { choice: 'system', icon: Monitor },
];

/** Light, dark or as the system says. */
export function AppearanceChoice() {
  return (
    <div class="appearance" role="radiogroup" aria-label={words.appearance.label} onKeyDown={(event) => roveFocus(event, true)}>
      {APPEARANCES.map(({ choice, icon }) => {
        const label = words.appearance[choice];
        const chosen = appearance.value === choice;
        return (
          <button
            key={choice}
            type="button"
            class="button"
            role="radio"
            aria-checked={chosen}
            aria-label={words.appearance.theme(label)}
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
