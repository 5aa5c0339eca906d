/**
 * localStorage that may be missing, full or tampered with.
 * Owns reading and writing JSON there without ever throwing; knows no key.
 */

/** The stored value, or undefined when there is none or it cannot be read. */
export function read(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Stores a value; false when the browser refused. */
export function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
