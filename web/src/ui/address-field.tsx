/**
 * The field in which one types where something leads, below what that is.
 * Owns its place and what comes of it: Enter and a press beside it save, Escape does not.
 */
import { Check, ExternalLink, Unlink } from 'lucide';
import type { RefObject } from 'preact';
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

/** Puts it below what it is about, and not over the panel, which stands on the left where there is room for both. */
function place(form: HTMLElement, x: number, y: number): void {
  const panel = document.querySelector('.style-panel:not([popover])')?.getBoundingClientRect().right ?? 0;
  const { offsetWidth: width, offsetHeight: height, style } = form;
  style.setProperty('--x', `${Math.max(panel + EDGE, Math.min(x - width / 2, innerWidth - width - EDGE))}px`);
  style.setProperty('--y', `${Math.max(EDGE, Math.min(y + GAP, innerHeight - height - EDGE))}px`);
}

/** What else can be done with an address that is there. */
function Others({ open, remove }: { open: () => void; remove: () => void }) {
  return (
    <>
      <IconButton icon={ExternalLink} label={words.actions.openLink} onClick={open} />
      <IconButton icon={Unlink} label={say.remove} onClick={remove} />
    </>
  );
}

function Field({ lead, act }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  /** Whether whatever closes it now keeps what is typed. */
  const keeps = useRef(true);
  const [asked] = useState(addressAsked.value);
  const [wrong, setWrong] = useState(false);
  const address = asked?.address ?? '';
  useLayoutEffect(() => {
    if (!form.current || !asked) return;
    form.current.showPopover();
    place(form.current, asked.x, asked.y);
    field.current?.focus();
    field.current?.select();
  }, []);
  const meant = () => addressMeant(field.current?.value ?? '');
  const save = () => {
    const to = meant();
    // What is wrong when it is left is dropped.
    if (to !== undefined && to !== address) lead(to);
  };
  const end = (then: () => void) => {
    then();
    keeps.current = false;
    form.current?.hidePopover();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (meant() !== undefined) return end(save);
    setWrong(true);
    field.current?.focus();
  };
  const toggled = ({ newState }: { newState: string }) => {
    if (newState !== 'closed') return;
    if (keeps.current) save();
    addressAsked.value = undefined;
    takeKeyboard(true);
  };
  const open = () => end(() => (save(), act('openLink')));
  return (
    <form
      ref={form}
      class="popover address-field"
      popover="auto"
      aria-label={say.label}
      noValidate
      onSubmit={submit}
      onKeyDown={({ key, isComposing }) => void (keeps.current &&= key !== 'Escape' || isComposing)}
      onToggle={toggled}
    >
      <div class="address-row">
        <Typed field={field} address={address} wrong={wrong} change={() => setWrong(false)} />
        <IconButton icon={Check} label={say.save} type="submit" />
        {address && <Others open={open} remove={() => end(() => lead(''))} />}
      </div>
      {wrong && <p id="wrong-address" class="address-wrong" role="alert">{say.wrong}</p>}
    </form>
  );
}

interface TypedProps {
  field: RefObject<HTMLInputElement | null>;
  address: string;
  wrong: boolean;
  change: () => void;
}

function Typed({ field, address, wrong, change }: TypedProps) {
  return (
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
      onInput={change}
    />
  );
}

export function AddressField(props: Props) {
  return addressAsked.value ? <Field {...props} /> : null;
}
