/**
 * The Share button: hands the board's link to the device's own sharing where fingers are used, else copies it.
 * Owns the popover for browsers that do not let us copy.
 */
import { Copy, Link } from 'lucide';
import { useRef } from 'preact/hooks';
import { copyText } from '../copy-text';
import { touch } from '../media';
import { title } from '../tab-title';
import { toast } from '../ui-state';
import { words } from '../words';
import { Icon } from './icon';
import './share.css';

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
  const popover = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const address = location.origin + location.pathname;

  const share = async () => {
    if (await handOn(address)) return;
    if (await copyText(address)) return toast(words.share.copied);
    popover.current?.showPopover();
    field.current?.select();
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
      <div ref={popover} class="popover share-popover" popover="auto" role="group" aria-label={words.share.short}>
        <label class="caption" for="share-address">{words.share.send}</label>
        <div class="share-row">
          <input
            ref={field}
            id="share-address"
            class="field"
            readOnly
            value={address}
            onFocus={(event) => event.currentTarget.select()}
          />
          <button
            type="button"
            class="button outlined"
            aria-label={words.share.copy}
            title={words.share.copy}
            onClick={() => {
              field.current?.select();
              // The old way works where the clipboard API is missing.
              if (document.execCommand('copy')) {
                popover.current?.hidePopover();
                toast(words.share.copied);
              }
            }}
          >
            <Icon node={Copy} size={18} />
          </button>
        </div>
      </div>
    </>
  );
}
