/** Where one looks: kept for each board, and nothing that is brought into view lies under a bar. */
import { expect, test } from './support/fixtures';

test('a board is seen again where and as near as it was left', async ({ open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([500, 300], [700, 400]);
  await ada.key('Control+=');
  await ada.page.mouse.move(640, 400);
  await ada.page.mouse.wheel(300, 200);
  await ada.key('Escape');
  const zoom = ada.page.locator('.zoom-value');
  await expect(zoom).toHaveText('125%');
  await ada.saved();
  const corner = await ada.seen({ x: 300, y: 80, width: 700, height: 500 });
  await ada.page.reload();
  await expect(zoom).toHaveText('125%');
  await expect.poll(() => ada.seen({ x: 300, y: 80, width: 700, height: 500 })).toEqual(corner);
});

for (const [name, viewport] of Object.entries({
  desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 }, landscape: { width: 844, height: 390 },
})) {
  test(`what is fitted lies under no bar: ${name}`, async ({ open, browser }) => {
    const ada = await open({ browser: await browser.newContext({ viewport }) });
    const { width, height } = viewport;
    await ada.take('Rectangle');
    await ada.drag([width * 0.3, height * 0.3], [width * 0.9, height * 0.7]);
    await ada.key('Shift+Digit2');
    const under = await ada.page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      const bars = [...document.querySelectorAll('.chrome .island, .chrome .style-panel')];
      return bars.filter((bar) => bar.checkVisibility()).map((bar) => bar.getBoundingClientRect().toJSON() as DOMRect);
    });
    for (const bar of under) {
      const place = { x: bar.x, y: bar.y, width: bar.width, height: bar.height };
      await ada.isBlank('scene', place);
      await ada.isBlank('overlay', place);
    }
  });
}
