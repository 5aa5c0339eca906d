/**
 * Where elements lead, as far as the browser has to do with it.
 * Owns what counts as an address when it is typed, what is opened and how, and addresses of elements of this
 * board. What leads where is the engine's.
 */
import { elementHere } from './clipboard';
import { copyText } from './copy-text';
import type { UiEvent } from './engine/wasm_client.js';
import type { Shell } from './shell';
import { onceSaved, toast } from './ui-state';
import { words } from './words';

/** What may be opened; the engine lets nothing else through either. */
const SCHEMES = /^(https?|mailto):/i;
/** The longest that the document takes, bytes. */
const LONGEST = 2048;

/** An address as people know it: an element of this board has one as well. */
export function addressShown(address: string): string {
  return address.startsWith('#') ? `${location.origin}${location.pathname}${address}` : address;
}

/** What somebody means who types this, as the document has it; empty for none, undefined for what is no address. */
export function addressMeant(typed: string): string | undefined {
  const text = typed.trim();
  const here = elementHere(text) || (/^#[\w-]{1,32}$/.test(text) ? text : '');
  if (!text || here) return here;
  const whole = withScheme(text);
  try {
    const { protocol, hostname, pathname, href } = new URL(whole);
    const leads = protocol === 'mailto:' ? pathname.includes('@') : hostname !== '';
    // Letters with marks stay as they are read; blanks must not.
    const address = /[\s\p{Cc}]/u.test(whole) ? href : whole;
    return SCHEMES.test(whole) && leads && new Blob([address]).size <= LONGEST ? address : undefined;
  } catch {
    return undefined;
  }
}

/** People leave out what every address begins with. */
function withScheme(text: string): string {
  const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]*):(.*)$/is.exec(text) ?? [];
  const isPort = /^\d+(?![^/?#])/.test(rest);
  if (scheme && !isPort) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  // A word is no address, but for the one that every machine has for itself.
  const isHost = /^([^\s./:?#]+\.)+[^\s./:?#]{2,}(?=[/:?#]|$)|^localhost(?=[/:?#]|$)|^(\d+\.){3}\d+/i.test(text);
  return isHost ? `https://${text}` : '';
}

/** Opens an address beside the board, or copies the address of an element of it. */
export function handOut(event: Extract<UiEvent, { type: 'open' | 'clipboard' }>): void {
  if (event.type === 'clipboard') void copyAddress(addressShown(event.text));
  // What is opened learns neither of this window nor of the board's address, which is all the key there is.
  else if (SCHEMES.test(event.address)) window.open(event.address, '_blank', 'noopener,noreferrer');
}

async function copyAddress(address: string): Promise<void> {
  toast((await copyText(address)) || copyByHand(address) ? words.share.copied : address);
}

/** The old way works where the clipboard API is missing. */
function copyByHand(text: string): boolean {
  const field = document.createElement('input');
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}

/**
 * Goes to the element that the board's own address names. The name is taken out of it then: who opens the page
 * again is where they were last, and the same link leads there again.
 */
export function followHash(shell: Shell): void {
  const { hash, pathname, search } = location;
  if (hash.length < 2) return;
  history.replaceState(history.state, '', pathname + search);
  const go = () => shell.run((engine) => engine.lead(hash));
  if (go()) return;
  // What this browser has kept of the board may be older than the link.
  onceSaved(() => {
    if (!go()) toast(words.notices.leadsNowhere);
  });
}
