/**
 * What Vite does not do by itself: scripts that are no modules, and the list of files that the worker keeps.
 * Owns what is built beside the page, and where the page names it. Each of these scripts is a build of its
 * own: a second entry beside the page would split what a first visit loads.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { build, type Plugin, type Rolldown } from 'vite';

/** The board's page and the start page, and what the server says no with. */
export const pages = { index: 'index.html', refusal: 'refusal.html' };

const FIRST_LOOK = 'first-look.js';
/** The worker's address must not change with what is in it. */
const WORKER = 'sw.js';

/** A script with all that it imports. */
async function script(input: string): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', rolldownOptions: { input, output: { format: 'iife' } } },
  });
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const code = outputs.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
  if (code.length !== 1) throw new Error(`${input} is ${code.length} scripts`);
  return code.join('');
}

/** Names the first script in both pages, before anything else is fetched. */
export function firstLook(): Plugin {
  return {
    name: 'first-look',
    apply: 'build',
    async buildStart() {
      this.emitFile({ type: 'asset', name: FIRST_LOOK, source: await script('web/src/first-look.ts') });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const file = Object.values(bundle).find((file) => file.type === 'asset' && file.names.includes(FIRST_LOOK));
        if (!file) throw new Error('no first look was built');
        return html.replace('</title>', `</title>\n    <script src="/${file.fileName}"></script>`);
      },
    },
  };
}

/** What may be done with the page and its fonts, in the order in which `drawbridge licences` says it. */
const LICENCES = [
  ['MIT', 'LICENSE-MIT'],
  ['Apache-2.0', 'LICENSE-APACHE'],
  ['Drawbridge Board, from Rounded M+ 1c', 'web/src/fonts/LICENSE-OFL.txt'],
  ['Drawbridge Hand', 'web/src/fonts/families/hand-LICENSE-OFL.txt'],
  ['Drawbridge Serif', 'web/src/fonts/families/serif-LICENSE-OFL.txt'],
  ['Drawbridge Mono', 'web/src/fonts/families/mono-LICENSE-OFL.txt'],
] as const;
const LICENCES_AT = 'licences.txt';

/** Puts the licences beside the page. */
export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    async buildStart() {
      const texts = await Promise.all(LICENCES.map(async ([name, path]) => `==== ${name} ====\n\n${(await readFile(path, 'utf8')).trim()}\n`));
      const first = 'Drawbridge is under either of the licences MIT and Apache-2.0, as you like. The fonts in it are under '
        + 'the SIL Open Font License 1.1.\n';
      this.emitFile({ type: 'asset', fileName: LICENCES_AT, source: [first, ...texts].join('\n') });
    },
  };
}

/** Builds the worker, and tells it all files of this version. */
export function keptFiles(): Plugin {
  return {
    name: 'kept-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const worker = await script('web/worker/service-worker.ts');
        this.emitFile({ type: 'asset', fileName: WORKER, source: worker.replace('__PAGE__', JSON.stringify(list(bundle))) });
      },
    },
  };
}

/** Fonts that few boards have: they are fetched when one is painted, and kept by the browser alone. */
const FAMILY = /\/family-\w+-[\w-]+\.woff2$/;

/** What is shown within other pages, which the worker never answers for; and what few need, by network. */
const SELDOM = /\/(embedded-(channel|view)|export-picture|foreign-files|file-job|files-worker|file-bounds|picture-files|start-from|new-board|wasm_(?!client)\w+)-[\w-]+\.\w+$|\.(drawbridge|webp)$/;

/** What the worker knows of a version: a digest of its files, its first script, every file. */
function list(bundle: Rolldown.OutputBundle): { digest: string; version: string; files: string[] } {
  const names = Object.keys(bundle).filter((name) => !name.endsWith('.map') && !FAMILY.test(name) && !SELDOM.test(name) && name !== LICENCES_AT).sort();
  const texts = names.map((name) => bundle[name]).map((file) =>
    file?.type === 'asset' && file.fileName.endsWith('.html') ? String(file.source) : '');
  const version = /<script type="module"[^>]* src="([^"]+)"/.exec(texts.join(''))?.[1];
  if (version === undefined) throw new Error('the page has no script');
  return {
    digest: createHash('sha256').update([...names, ...texts].join('\n')).digest('hex').slice(0, 16),
    version,
    files: names.map((name) => (name === 'index.html' ? '/' : `/${name}`)),
  };
}
