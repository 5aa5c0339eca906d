/**
 * The board's address to copy by hand, for browsers that do not let the page copy it.
 * Owns the popover; when it opens is the Share button's.
 */
import { Copy } from 'lucide';
import { useRef } from 'preact/hooks';
import { toast } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';
import { Icon } from './icon';
import './share-address.css';

export function ShareAddress({ address }: { address: string }) {
  const popover = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  return (
    <div ref={popover} id="share-popover" class="popover share-popover" popover="auto" role="group" aria-label={words.share.short}>
      <label class="caption" for="share-address">{later.share.send}</label>
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
          aria-label={later.share.copy}
          title={later.share.copy}
          onClick={() => {
            field.current?.select();
            // The old way works where the clipboard API is missing.
            if (!document.execCommand('copy')) return;
            popover.current?.hidePopover();
            toast(words.share.copied);
          }}
        >
          <Icon node={Copy} size={18} />
        </button>
      </div>
    </div>
  );
}
