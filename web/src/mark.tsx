/**
 * The mark: a tower, a chain and a deck that is a pencil.
 * Owns its drawing for use inside the page; the page icon is `mark.svg`.
 */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg class="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect class="mark-ground" width="32" height="32" rx="9" />
      <g class="mark-lines" fill="none" stroke-linecap="round" stroke-linejoin="round">
        <path stroke-width="2.6" d="M9 8v16M5.5 24h7" />
        <path stroke-width="1.5" opacity=".75" d="M9 9l14.2 3.6" />
        <path stroke-width="3.6" d="M10.5 22.2l11.7-7.4" />
        <path class="mark-tip" d="M23 12.3l4.6-.7-2.5 4z" />
      </g>
    </svg>
  );
}
