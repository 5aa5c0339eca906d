/** Pictures of one colour. Owns the formats, as much of each as that takes. */
import { crc32, deflateSync } from 'node:zlib';

export type Rgb = readonly [red: number, green: number, blue: number];

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG of so many pixels, with so many bytes in it that say nothing. */
export function png(width: number, height: number, [red, green, blue]: Rgb, idle = 0): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits each of red, green and blue.
  head.set([8, 2], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(3 * width, Buffer.from([red, green, blue]))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts: [string, Buffer][] = [['IHDR', head], ['idLe', Buffer.alloc(idle)], ['IDAT', deflateSync(rows)], ['IEND', Buffer.alloc(0)]];
  return Buffer.concat([signature, ...parts.map(([kind, data]) => chunk(kind, data))]);
}

/** A GIF of so many pixels. */
export function gif(width: number, height: number, color: Rgb): Buffer {
  const head = Buffer.from([...Buffer.from('GIF89a'), width & 255, width >> 8, height & 255, height >> 8, 0xf6, 0, 0]);
  const image = Buffer.from([0x2c, 0, 0, 0, 0, width & 255, width >> 8, height & 255, height >> 8, 0, 7]);
  const codes: number[] = [];
  for (let left = width * height; left > 0; left -= 126) {
    // Told to forget so often, it never gets to codes of more than eight bits.
    codes.push(128, ...new Array<number>(Math.min(left, 126)).fill(1));
  }
  codes.push(129);
  const blocks: Buffer[] = [];
  for (let at = 0; at < codes.length; at += 255) {
    const block = codes.slice(at, at + 255);
    blocks.push(Buffer.from([block.length, ...block]));
  }
  const palette = Buffer.alloc(3 * 128);
  palette.set(color, 3);
  return Buffer.concat([head, palette, image, ...blocks, Buffer.from([0, 0x3b])]);
}
