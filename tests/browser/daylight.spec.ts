/** Pictures on a dark board, and what is drawn on them. */
import type { BoardPage, Region } from './support/board-page';
import { expect, test } from './support/fixtures';
import { png } from './support/png';

const INK = [30, 30, 30].join();
const LIGHT_INK = [232, 235, 234].join();
/** In the middle of the board, where a picture of 300 × 200 is. */
const ON_PICTURE: Region = { x: 600, y: 395, width: 20, height: 10 };
const BESIDE: Region = { x: 420, y: 395, width: 20, height: 10 };

const sees = (person: BoardPage, region: Region) => expect.poll(() => person.colors(region));

test('what is drawn on a picture looks the same in the dark, and changes at its edge', async ({ open }) => {
  const [ada, ben] = [await open({ options: { colorScheme: 'dark' } }), await open({ options: { colorScheme: 'light' } })];
  const white = { name: 'page.png', mimeType: 'image/png', buffer: png(300, 200, [255, 255, 255]) };
  const [chooser] = await Promise.all([ada.page.waitForEvent('filechooser'), ada.key('9')]);
  await chooser.setFiles(white);
  await sees(ada, ON_PICTURE).toContain('255,255,255');
  await sees(ben, ON_PICTURE).toContain('255,255,255');
  await ada.key('Escape');
  await ada.take('Pen');
  await ada.draw([400, 400], [500, 400], [640, 400], [660, 400]);
  await sees(ada, ON_PICTURE).toContain(INK);
  await sees(ada, BESIDE).toContain(LIGHT_INK);
  await sees(ben, ON_PICTURE).toContain(INK);
  await sees(ben, BESIDE).toContain(INK);
  // A highlighter can be seen there too.
  await ada.key('Shift+d');
  await ada.draw([560, 340], [600, 340], [680, 340]);
  await sees(ada, { x: 610, y: 335, width: 20, height: 10 }).toContain([255, 236, 153].join());
  // The picture goes, and its light with it.
  await ada.undo.click();
  await ada.undo.click();
  await ada.take('Select');
  await ada.drag([700, 320], [760, 500], [1010, 620]);
  await ada.take('Pen');
  await ada.draw([400, 400], [500, 400], [640, 400], [660, 400]);
  await sees(ada, ON_PICTURE).toContain(LIGHT_INK);
  await sees(ben, ON_PICTURE).toContain(INK);
});
