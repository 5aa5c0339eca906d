/**
 * The Share button: hands the board's link to the device's own sharing where fingers are used, else copies it.
 * Owns which of them; the address to copy by hand comes later.
 */
import { Link } from 'lucide';
import { copyText } from '../copy-text';
import { touch } from '../media';
import { title } from '../tab-title';
import { toast } from '../ui-state';
import { words } from '../words';
import { Icon } from './icon';
import { later } from './later';
import './share.css';

const ShareAddress = later(async () => (await import('./share-address')).ShareAddress);

/** Whether the device has taken it, or the person thought better of it. */
async function handOn(url: string): Promise<boolean> {
  if (!touch.value || !('share' in navigator)) return false;
  try {
    await navigator.share({ title: title.value, url });
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError';
  }
}

export function Share() {
  const address = location.origin + location.pathname;

  const share = async () => {
    if (await handOn(address)) return;
    if (await copyText(address)) return toast(words.share.copied);
    const popover = document.getElementById('share-popover');
    if (!popover) return toast(address);
    popover.showPopover();
    popover.querySelector('input')?.select();
  };

  return (
    <>
      <button
        type="button"
        class="button primary share"
        aria-label={words.share.label}
        title={words.share.hint}
        onClick={() => void share()}
      >
        <Icon node={Link} size={18} />
        <span class="share-text">{words.share.short}</span>
      </button>
      <ShareAddress address={address} />
    </>
  );
}
