/**
 * Light, dark, or as the system says.
 * Owns the choice and its place in localStorage; knows no widget and no engine.
 */
import { computed, effect, signal } from '@preact/signals';
import { embedding } from './embedding';
import { read, write } from './local';

/** What the person chose. */
export type Appearance = 'light' | 'dark' | 'system';

/** `first-look.ts` reads it too. */
const KEY = 'drawbridge.appearance';
const system = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(system.matches);

/** What `first-look.ts` found. */
const shown = document.documentElement.dataset['appearance'];
/** The choice. */
export const appearance = signal<Appearance>(parse(embedding ? shown : read(KEY)));

/** Whether the page is dark now. */
export const dark = computed(() =>
  appearance.value === 'system' ? systemDark.value : appearance.value === 'dark',
);

function parse(stored: unknown): Appearance {
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Keeps the document's colour scheme at the choice, also when another tab changes it. */
export function followAppearance(): void {
  system.addEventListener('change', () => (systemDark.value = system.matches));
  addEventListener('storage', (event) => {
    if (event.key === KEY && !embedding) appearance.value = parse(read(KEY));
  });
  effect(() => {
    const root = document.documentElement;
    root.dataset['appearance'] = appearance.value;
    root.toggleAttribute('data-dark', dark.value);
    // The browser's own frame follows what was chosen, not the system.
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[data-scheme]')) {
      const scheme = meta.dataset['scheme'] ?? '';
      const choice = appearance.value;
      meta.media = choice === 'system' ? `(prefers-color-scheme: ${scheme})` : choice === scheme ? 'all' : 'not all';
    }
  });
}

/** Chooses and remembers. */
export function chooseAppearance(choice: Appearance): void {
  appearance.value = choice;
  write(KEY, choice);
}
