/** Numbers of a bench as lines to read. Owns their layout and the meaning of a percentile. */

/** The value that a share of the samples does not exceed. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted[Math.max(0, at)] ?? Number.NaN;
}

/** Prints what was measured, and what it should stay within if there is a bar. */
export function report(name: string, value: number, unit: string, bar?: number): void {
  const verdict = bar === undefined ? '' : `   ${value <= bar ? 'within' : 'ABOVE'} ${bar} ${unit}`;
  console.log(`   ${name.padEnd(52)} ${value.toFixed(2).padStart(8)} ${unit}${verdict}`);
}
