/**
 * The field in which one types where something leads, below what that is.
 * Owns its place and what comes of it: Enter and a press beside it save, Escape does not.
 */
import { Check, ExternalLink, Unlink } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Act } from '../actions';
import { addressMeant, addressShown } from '../addresses';
import { takeKeyboard } from '../keys';
import { addressAsked } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';
import { IconButton } from './button';
import './address-field.css';

/** Least room to the edges of the window, and to what it is about, CSS pixels. */
const EDGE = 8;
const GAP = 14;

interface Props {
  /** Sets the address; empty: none. */
  lead: (address: string) => void;
  act: Act;
}

const say = later.address;

function Field({ lead, act }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [asked] = useState(addressAsked.value);
  const [wrong, setWrong] = useState(false);
  const { address = '', x = 0, y = 0 } = asked ?? {};
  const meant = () => addressMeant(field.current?.value ?? '');
  useLayoutEffect(() => {
    if (!form.current) return;
    form.current.showPopover();
    const { offsetWidth: width, offsetHeight: height, style } = form.current;
    // Not over the panel, which stands on the left where there is room for both.
    const panel = document.querySelector('.style-panel:not([popover])')?.getBoundingClientRect().right ?? 0;
    style.setProperty('--x', `${Math.max(panel + EDGE, Math.min(x - width / 2, innerWidth - width - EDGE))}px`);
    style.setProperty('--y', `${Math.max(EDGE, Math.min(y + GAP, innerHeight - height - EDGE))}px`);
    field.current?.focus();
    field.current?.select();
  }, []);
  const save = () => {
    const to = meant();
    // What is wrong when it is left is dropped.
    if (to !== undefined && to !== address) lead(to);
  };
  const left = useRef(true);
  const end = () => {
    left.current = false;
    form.current?.hidePopover();
  };
  return (
    <form
      ref={form}
      class="popover address-field"
      popover="auto"
      aria-label={say.label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setWrong(meant() === undefined);
        if (meant() === undefined) field.current?.focus();
        else {
          save();
          end();
        }
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') left.current = false;
      }}
      onToggle={({ newState }) => {
        if (newState !== 'closed') return;
        if (left.current) save();
        addressAsked.value = undefined;
        takeKeyboard(true);
      }}
    >
      <div class="address-row">
        <input
          ref={field}
          class="field"
          type="text"
          inputMode="url"
          aria-label={say.label}
          aria-invalid={wrong}
          aria-describedby={wrong ? 'wrong-address' : undefined}
          placeholder={say.hint}
          defaultValue={addressShown(address)}
          autocomplete="off"
          autocapitalize="none"
          enterkeyhint="done"
          spellcheck={false}
          onInput={() => setWrong(false)}
        />
        <IconButton icon={Check} label={say.save} type="submit" />
        {address && (
          <>
            <IconButton
              icon={ExternalLink}
              label={words.actions.openLink}
              onClick={() => {
                save();
                end();
                act('openLink');
              }}
            />
            <IconButton
              icon={Unlink}
              label={say.remove}
              onClick={() => {
                end();
                lead('');
              }}
            />
          </>
        )}
      </div>
      {wrong && <p id="wrong-address" class="address-wrong" role="alert">{say.wrong}</p>}
    </form>
  );
}

export function AddressField(props: Props) {
  return addressAsked.value ? <Field {...props} /> : null;
}
