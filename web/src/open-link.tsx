/**
 * The field for a link that somebody sent.
 * Owns what is typed there and what is said when it is no link; what counts as one is `links.ts`.
 */
import { useState } from 'preact/hooks';
import { boardAddress } from './links';
import { start } from './words-start';

export function OpenLink() {
  const [wrong, setWrong] = useState(false);
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('link') as HTMLInputElement;
    const address = boardAddress(field.value, location.href);
    setWrong(address === undefined);
    if (address === undefined) field.focus();
    else location.assign(address);
  };
  return (
    <form class="open-link" onSubmit={open} noValidate>
      <input
        class="field"
        name="link"
        required
        aria-label={start.link.label}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'wrong-link' : undefined}
        placeholder={start.link.hint}
        autocomplete="off"
        autocapitalize="none"
        enterkeyhint="go"
        spellcheck={false}
        onInput={() => setWrong(false)}
      />
      <button type="submit" class="button worded outlined">{start.link.open}</button>
      {wrong && <p id="wrong-link" class="open-link-wrong" role="alert">{start.link.wrong(location.host)}</p>}
    </form>
  );
}
