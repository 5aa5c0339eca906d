/**
 * A picture of a board beside the page's own canvases.
 * Owns what counts as alike.
 */
import type { Page } from '@playwright/test';

/** So far a channel may be from its counterpart after both were blurred, and so large a share of pixels farther. */
const NEAR = 24;
export const SHARE = 0.005;

/** The share of a picture's pixels that the page paints otherwise, wherever it has them; `scale` is its pixels for each of the page's. */
export async function otherwise(page: Page, picture: Buffer, scale = 1): Promise<number> {
  return page.evaluate(async ([picture, near, scale]) => {
    const bytes = Uint8Array.from(atob(picture), (byte) => byte.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const sheet = (width: number, height: number) => {
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('no canvas');
      return context;
    };
    const [width, height] = [image.width / scale, image.height / scale];
    const kept = sheet(width, height);
    kept.drawImage(image, 0, 0, width, height);
    const density = devicePixelRatio;
    const seen = sheet(innerWidth * density, innerHeight * density);
    const [r = 0, g = 0, b = 0] = kept.getImageData(0, 0, 1, 1).data;
    seen.fillStyle = `rgb(${r} ${g} ${b})`;
    seen.fillRect(0, 0, seen.canvas.width, seen.canvas.height);
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.scene canvas:not([hidden]), canvas.overlay')) {
      const at = canvas.getBoundingClientRect();
      if (at.width > 0) seen.drawImage(canvas, Math.round(at.x * density), Math.round(at.y * density));
    }
    /** Where anything is to be seen. */
    const corner = ({ data, width }: ImageData): [number, number] => {
      let [left, top] = [Infinity, Infinity];
      for (let i = 0; i < data.length; i += 4) {
        const far = [r, g, b].some((ground, channel) => Math.abs((data[i + channel] ?? 0) - ground) > 48);
        if (far) [left, top] = [Math.min(left, (i / 4) % width), Math.min(top, Math.floor(i / 4 / width))];
      }
      return [left, top];
    };
    /** Each pixel with its eight neighbours. */
    const blurred = ({ data, width, height }: ImageData): Float32Array => {
      const out = new Float32Array(width * height * 3);
      for (let y = 1; y < height - 1; y += 1) {
        for (let x = 1; x < width - 1; x += 1) {
          for (let channel = 0; channel < 3; channel += 1) {
            let sum = 0;
            for (let dy = -1; dy <= 1; dy += 1) {
              for (let dx = -1; dx <= 1; dx += 1) sum += data[((y + dy) * width + x + dx) * 4 + channel] ?? 0;
            }
            out[(y * width + x) * 3 + channel] = sum / 9;
          }
        }
      }
      return out;
    };
    const whole = kept.getImageData(0, 0, width, height);
    const [left, top] = corner(whole);
    const [x, y] = corner(seen.getImageData(0, 0, seen.canvas.width, seen.canvas.height));
    if (!Number.isFinite(x)) return 1;
    const one = blurred(whole);
    let least = 1;
    // An edge may be a pixel farther on the one than on the other.
    for (const [dx, dy] of [[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, 1], [-1, 1], [1, -1]] as const) {
      const part = sheet(width, height);
      const from = [x - left * density + dx, y - top * density + dy, width * density, height * density] as const;
      part.drawImage(seen.canvas, ...from, 0, 0, width, height);
      const other = blurred(part.getImageData(0, 0, width, height));
      let far = 0;
      for (let i = 0; i < one.length; i += 3) {
        if ([0, 1, 2].some((channel) => Math.abs((one[i + channel] ?? 0) - (other[i + channel] ?? 0)) > near)) far += 1;
      }
      least = Math.min(least, far / (width * height));
    }
    return least;
  }, [picture.toString('base64'), NEAR, scale] as const);
}
