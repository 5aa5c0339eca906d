/**
 * Light or dark as it was chosen, before anything is painted, and the keys that are pressed before the page
 * listens: a file of its own that waits for nothing.
 * Owns neither; the choice is that of `appearance.ts`, and keys are heard by `keys.ts`.
 */
try {
  // A page that a board is part of says itself what it looks like.
  const asked = location.pathname.startsWith('/embed/') ? new URLSearchParams(location.search).get('theme') : null;
  const choice: unknown = asked ?? JSON.parse(localStorage.getItem('drawbridge.appearance') ?? '""');
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset['appearance'] = choice;
} catch {
  // Without storage nothing was chosen.
}

const pressed: KeyboardEvent[] = [];
const note = (event: KeyboardEvent): void => {
  // A letter or digit that goes into no field is a shortcut; all else is the browser's.
  const plain = /^\w$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && event.target === document.body) pressed.push(event);
};
addEventListener('keydown', note);
Object.assign(window, {
  pressedSoFar: () => (removeEventListener('keydown', note), pressed),
});
