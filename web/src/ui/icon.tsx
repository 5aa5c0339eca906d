/**
 * A lucide icon. Owns how icons are drawn: size, stroke, hidden from screen readers.
 */
import { h } from 'preact';

/** An icon as lucide ships it: tags and their attributes. */
export type IconNode = readonly (readonly [string, Record<string, string | number | undefined>])[];

export function Icon({ node, size = 20 }: { node: IconNode; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {node.map(([tag, attributes], i) => h(tag, { key: i, ...attributes }))}
    </svg>
  );
}
