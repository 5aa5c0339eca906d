/**
 * The page as it was when the format learned of outlines, labels and frames: it shows none of them.
 * Owns how its one file is unpacked; `fixtures/older-page.br` has the names and lengths of its files in
 * a first line, and then their bytes.
 */
import { cp, mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { root } from './server';

const FIXTURE = path.join(import.meta.dirname, '../fixtures/older-page.br');

/** A folder with the older page, for a server to serve. */
export async function olderPage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drawbridge-older-'));
  const bytes = brotliDecompressSync(await readFile(FIXTURE));
  const line = bytes.indexOf(10);
  const files = JSON.parse(bytes.subarray(0, line).toString()) as [name: string, length: number][];
  let at = line + 1;
  for (const [name, length] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes.subarray(at, at + length));
    at += length;
  }
  // Fonts and icons are as they were.
  const assets = path.join(root, 'web/dist/assets');
  for (const font of (await readdir(assets)).filter((name) => name.endsWith('.woff2'))) {
    await cp(path.join(assets, font), path.join(folder, 'assets', font));
  }
  for (const icon of (await readdir(path.dirname(assets))).filter((name) => name.endsWith('.png'))) {
    await cp(path.join(path.dirname(assets), icon), path.join(folder, icon));
  }
  return folder;
}
