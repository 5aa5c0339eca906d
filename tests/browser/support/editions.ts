/**
 * Versions of the built page, as servers have them one after the other.
 * Owns a folder that a server serves, and puts one version or another into it.
 */
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './server';

/** The folder of a server's page. */
export class Editions {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Begins with the page as it was built. */
  static async begin(): Promise<Editions> {
    const editions = new Editions(await mkdtemp(path.join(tmpdir(), 'drawbridge-page-')));
    await editions.serve('first');
    return editions;
  }

  /** The address of a version's first script. */
  async script(): Promise<string> {
    const page = await readFile(path.join(this.folder, 'index.html'), 'utf8');
    return /<script type="module"[^>]* src="([^"]+)"/.exec(page)?.[1] ?? '';
  }

  /**
   * Puts a version in the place of the one before. Every file of the page that may differ gets another
   * name, and nothing of the old one is left, as after a build. The server is never without a page.
   */
  async serve(name: 'first' | 'next'): Promise<void> {
    const [coming, gone] = [`${this.folder}.coming`, `${this.folder}.gone`];
    await cp(path.join(root, 'web/dist'), coming, { recursive: true });
    if (name === 'next') await change(coming);
    await rename(this.folder, gone);
    await rename(coming, this.folder);
    await rm(gone, { recursive: true });
  }

  /** Takes files away by the end of their names, as a copying that has got half way. */
  async lose(ending: string): Promise<void> {
    await lose(this.folder, ending);
  }

  /** Removes the folder. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function lose(folder: string, ending: string): Promise<void> {
  const files = await readdir(folder, { recursive: true });
  for (const file of files.filter((file) => file.endsWith(ending))) await rm(path.join(folder, file));
}

/** Makes another version of a page. */
async function change(folder: string): Promise<void> {
  // Packed copies would still be those of the build.
  await lose(folder, '.br');
  await lose(folder, '.gz');
  const assets = path.join(folder, 'assets');
  const scripts = (await readdir(assets)).filter((file) => file.endsWith('.js'));
  const names = scripts.map((file) => [file, file.replace(/-[\w-]{8}\.js$/, '-changed0.js')] as const);
  const worker = await readFile(path.join(folder, 'sw.js'), 'utf8');
  const digest = /"digest":"(\w+)"/.exec(worker)?.[1] ?? '';
  for (const file of await readdir(folder, { recursive: true })) {
    if (!/\.(js|html)$/.test(file)) continue;
    let text = await readFile(path.join(folder, file), 'utf8');
    for (const [from, to] of names) text = text.replaceAll(from, to);
    await writeFile(path.join(folder, file), text.replaceAll(digest, digest.replace(/./g, 'f')));
  }
  for (const [from, to] of names) await rename(path.join(assets, from), path.join(assets, to));
}
