/**
 * A face: the letters of a name on a person's colour.
 * Owns its look and nothing else.
 */
import './avatar.css';

/** Up to two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

export function Avatar({ name, color }: { name: string; color: string }) {
  return (
    <span class="avatar" style={{ background: color }} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
