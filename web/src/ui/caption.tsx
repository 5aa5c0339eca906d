/**
 * The name of what a row sets. Owns how it says that several have several.
 */
import { later } from '../words-later';

export function Caption({ name, mixed }: { name: string; mixed: boolean }) {
  return (
    <h2 class="caption field-name">
      <span>{name}</span>
      {mixed && <span>{later.style.mixed}</span>}
    </h2>
  );
}
