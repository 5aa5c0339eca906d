/**
 * Fetches the keyboard help once everything else is there, so that no board waits for it.
 * Owns when; the help's words and look are its own.
 */
import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { connection, helpOpen, toast } from '../ui-state';

const dialog = signal<(typeof import('./help'))['Help'] | undefined>(undefined);

async function fetchHelp(): Promise<void> {
  try {
    dialog.value ??= (await import('./help')).Help;
  } catch {
    // Asked for without network: the next time it is tried again.
    if (helpOpen.value) toast('The help cannot be fetched without a connection.');
    helpOpen.value = false;
  }
}

export function Help() {
  useEffect(() => effect(() => {
    if (helpOpen.value || connection.value === 'saved') void fetchHelp();
  }), []);
  const Dialog = dialog.value;
  return Dialog ? <Dialog /> : null;
}
