/** The picture of the start page: two people drawing one bridge. Owns its lines, nothing else. */
import { start } from './words-start';

function Cursor({ x, y, name, color }: { x: number; y: number; name: string; color: string }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path d="M0 0l4.5 16.5 4-6.5 7.5-1.5z" fill={color} stroke="var(--canvas)" stroke-width="1.5" stroke-linejoin="round" />
      <rect x="13" y="15" width={name.length * 7.6 + 16} height="22" rx="7" fill={color} />
      <text x="21" y="30" class="sketch-name">{name}</text>
    </g>
  );
}

export function StartSketch() {
  const [one = '', other = ''] = start.sketch;
  return (
    <svg class="sketch" viewBox="0 0 440 320" aria-hidden="true">
      <g class="sketch-ink" fill="none" stroke-linecap="round" stroke-linejoin="round">
        <path d="M84 252c1-48-2-96 0-149 18-3 37-2 55-1 2 49-1 101 1 150" />
        <path d="M77 104c-1-9 0-15 1-22 5-1 8-1 12 0 0 4 0 8 1 11 5 1 9 1 13 0 1-4 0-8 1-11 5-1 9-1 13 0 0 4-1 8 0 11 5 1 9 0 13 0 0-4 0-8 1-11 5-1 9-1 13 0 1 8 0 15 0 22" />
        <path d="M98 252c0-15-1-29 1-37 5-15 23-15 27 0 2 9 1 22 1 37" />
        <path d="M112 132c0 8 0 12 0 18" />
        <path d="M354 252c-1-33 1-62 0-92 13-2 27-1 39 0 1 31-1 61 1 92" />
        <path d="M348 160c0-6 0-11 0-17 5-1 7-1 11 0 0 3 0 6 0 8 5 1 8 1 10 0 0-3 0-6 0-8 4-1 7-1 10 0 0 3 0 5 0 8 3 1 7 1 10 0 0-3 0-6 0-8 4-1 6-1 10 0 1 5 0 11 0 17" />
        <path d="M24 253c38-2 79 1 116-1M354 252c24 1 42-1 62 0" />
      </g>
      <g class="sketch-chain" fill="none" stroke-linecap="round" stroke-dasharray="7 8">
        <path d="M141 120c48 14 96 33 143 56" />
      </g>
      <g class="sketch-deck" fill="none" stroke-linecap="round">
        <path stroke-width="9" d="M144 248c50-21 98-43 144-65" />
      </g>
      <g class="sketch-water" fill="none" stroke-linecap="round">
        <path d="M160 280c8-7 16-7 24 0s16 7 24 0 16-7 24 0 16 7 24 0 16-7 24 0 16 7 24 0 16-7 24 0" />
        <path d="M196 302c8-7 16-7 24 0s16 7 24 0 16-7 24 0 16 7 24 0" />
      </g>
      <circle class="sketch-sun" cx="316" cy="66" r="25" />
      <Cursor x={289} y={185} name={one} color="#d6336c" />
      <Cursor x={329} y={84} name={other} color="#3b5bdb" />
    </svg>
  );
}
