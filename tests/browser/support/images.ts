/**
 * Pictures in tests: files as people pick them, and waiting until a colour is seen.
 * Owns how a picture is picked and recognised; what is in its file is `png.ts`'s.
 */
import { expect } from '@playwright/test';
import type { BoardPage, Region } from './board-page';
import { type Rgb, png } from './png';

/** Something that is picked. */
export interface Picked {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const RED: Rgb = [200, 30, 60];
export const BLUE: Rgb = [30, 60, 200];
/** In the middle of the board, where new pictures are. */
export const MIDDLE: Region = { x: 620, y: 340, width: 20, height: 20 };

/** A picture of one colour, with so many bytes that say nothing. */
export function picture(color: Rgb, width = 300, height = 200, idle = 0): Picked {
  return { name: 'photo.png', mimeType: 'image/png', buffer: png(width, height, color, idle) };
}

/** Picks files by the key that asks for them. */
export async function pick(person: BoardPage, ...files: Picked[]): Promise<void> {
  const [chooser] = await Promise.all([person.page.waitForEvent('filechooser'), person.key('9')]);
  await chooser.setFiles(files);
}

/** Waits until a person sees a colour somewhere. */
export async function sees(person: BoardPage, color: Rgb, region = MIDDLE): Promise<void> {
  await expect.poll(() => person.colors(region), { message: `no ${color.join()}` }).toContain(color.join());
}

/** What is told of pictures on their way. */
export const uploads = (person: BoardPage) => person.page.locator('.uploads');
