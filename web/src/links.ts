/**
 * Links to boards, as people hand them on.
 * Owns what counts as one; opens nothing.
 */

/** Where a link or a bare name leads: an address here, of a board; undefined for all else. */
export function boardAddress(text: string, here: string): string | undefined {
  const wanted = text.trim();
  if (/^[A-Za-z0-9._~-]{1,128}$/.test(wanted)) return `/b/${wanted}`;
  const { host, protocol } = new URL(here);
  try {
    // People leave out the scheme when they read an address to others.
    const url = new URL(wanted.startsWith(host) ? `${protocol}//${wanted}` : wanted, here);
    const ours = url.host === host && /^\/b\/[^/]+\/?$/.test(url.pathname);
    return ours ? url.pathname + url.search + url.hash : undefined;
  } catch {
    return undefined;
  }
}
