/** Puts text on the clipboard where the browser lets us. Owns nothing; false when it does not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard on plain HTTP, or permission denied.
    return false;
  }
}
