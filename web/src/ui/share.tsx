/**
 * The Share button: copies the board's link and says so.
 * Owns the popover for browsers that do not let us copy.
 */
import { Check, Copy, Link } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { copyText } from '../copy-text';
import { words } from '../words';
import { Icon } from './icon';
import './share.css';

/** How long "copied" stays. */
const SAID = 2_000;

export function Share() {
  const [copied, setCopied] = useState(false);
  const popover = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const address = location.origin + location.pathname;

  const share = async () => {
    if (await copyText(address)) {
      setCopied(true);
      setTimeout(() => setCopied(false), SAID);
      return;
    }
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
        <Icon node={copied ? Check : Link} size={18} />
        <span class="share-text">{copied ? words.share.copied : words.share.short}</span>
      </button>
      <span class="hidden-text" role="status">{copied ? words.share.copied : ''}</span>
      <div ref={popover} class="popover share-popover" popover="auto">
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
                setCopied(true);
                popover.current?.hidePopover();
                setTimeout(() => setCopied(false), SAID);
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
