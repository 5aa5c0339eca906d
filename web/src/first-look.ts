/**
 * Light or dark as it was chosen, before anything is painted: a file of its own that waits for nothing.
 * Owns nothing; the choice is that of `appearance.ts`, which takes over when the page runs.
 */
try {
  const choice: unknown = JSON.parse(localStorage.getItem('drawbridge.appearance') ?? '""');
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset['appearance'] = choice;
} catch {
  // Without storage nothing was chosen.
}
