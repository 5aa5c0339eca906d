/**
 * Asks the person for a file of another program.
 * Owns which the browser offers; what one is, its readers say.
 */
export function pickForeign(picked: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.excalidraw,.excalidrawlib,.tldr,.drawbridge,.png,.svg,application/json';
  input.onchange = () => [...(input.files ?? [])].slice(0, 1).forEach(picked);
  input.click();
}
