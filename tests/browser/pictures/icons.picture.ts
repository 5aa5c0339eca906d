/** The icons of the installed page, from its mark. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from '../support/fixtures';
import { root } from '../support/server';

/** Systems cut icons to shapes of their own: these fill their square, with the mark inside of what stays. */
const FULL = { 'icon-maskable-512': [512, 0.74], 'apple-touch-icon': [180, 0.84] } as const;
const ROUND = { 'icon-192': 192, 'icon-512': 512 } as const;

test('icons', async ({ browser }) => {
  const mark = await readFile(path.join(root, 'web/src/mark.svg'), 'utf8');
  const [opening = '', ground = '', drawing = ''] = /^(<svg[^>]*>)(<rect[^>]*>)(.*)<\/svg>\s*$/s.exec(mark)?.slice(1) ?? [];
  const draw = async (name: string, size: number, svg: string): Promise<void> => {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<body style="margin:0;font-size:0">${svg.replace('<svg', `<svg width="${size}"`)}</body>`);
    await page.screenshot({ path: path.join(root, `web/public/${name}.png`), omitBackground: true });
    await page.close();
  };
  for (const [name, size] of Object.entries(ROUND)) await draw(name, size, mark);
  for (const [name, [size, part]] of Object.entries(FULL)) {
    const moved = `<g transform="translate(16 16) scale(${part}) translate(-16 -16)">${drawing}</g>`;
    await draw(name, size, `${opening}${ground.replace(/ rx="\d+"/, '')}${moved}</svg>`);
  }
});
