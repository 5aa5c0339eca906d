/**
 * A face: the letters of a name on a person's colour.
 * Owns its look and nothing else.
 */
import './avatar.css';

/** Two letters that stand for a name: the first of its first and last word, or of its only one. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = '?', second = ''] = [...(words[0] ?? '')];
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return last ? (first + last).toLocaleUpperCase() : first.toLocaleUpperCase() + second;
}

export function Avatar({ name, color }: { name: string; color: string }) {
  return (
    <span class="avatar" style={{ '--own': color }} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
