/** Moving over the board: what was painted moves along, what comes into view is there. */
import { type BoardPage, type Region } from './support/board-page';
import { expect, test } from './support/fixtures';

/** The lightest of the columns' darkest pixels, 0 to 255, as the screen shows it. */
async function weakestColumn(ada: BoardPage, clip: Region): Promise<number> {
  const shot = await ada.page.screenshot({ clip });
  return ada.page.evaluate(async (png) => {
    const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    const darkest = new Array<number>(image.width).fill(255);
    for (let i = 1; i < pixels.length; i += 4) {
      const x = ((i - 1) / 4) % image.width;
      darkest[x] = Math.min(darkest[x] ?? 255, pixels[i] ?? 255);
    }
    return Math.max(...darkest);
  }, shot.toString('base64'));
}

for (const deviceScaleFactor of [1, 1.25, 3]) {
  test(`a line across the whole view has no gaps at ${deviceScaleFactor} pixels per pixel`, async ({ open }) => {
    const ada = await open({ options: { deviceScaleFactor, viewport: { width: 1280, height: 800 } } });
    await ada.take('Line');
    await ada.drag([10, 400], [1270, 430]);
    await ada.key('Escape');
    await ada.page.mouse.move(640, 600);
    await ada.page.mouse.wheel(33.3, 7.7);
    await ada.page.mouse.wheel(-21.1, -160.9);
    // The browser counts a wheel's way in device pixels.
    await ada.isBlank('scene', { x: 600, y: 390, width: 80, height: 40 });
    expect(await weakestColumn(ada, { x: 20, y: 430, width: 1200, height: 190 })).toBeLessThan(45);
  });
}

test('what is out of view comes back, wherever one went and whoever changed it meanwhile', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await bob.shows('scene', { x: 290, y: 290, width: 120, height: 120 });
  await bob.page.mouse.move(640, 400);
  for (let i = 0; i < 8; i += 1) await bob.page.mouse.wheel(400, 250);
  await bob.isBlank('scene', { x: 0, y: 0, width: 1280, height: 800 });
  await ada.drag([300, 350], [500, 350]);
  await ada.saved();
  for (let i = 0; i < 8; i += 1) await bob.page.mouse.wheel(-400, -250);
  await bob.shows('scene', { x: 490, y: 290, width: 120, height: 120 });
  await bob.isBlank('scene', { x: 290, y: 290, width: 100, height: 120 });
});
