/** A board that the operator deletes while people are on it, and brings back. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { path as line } from './support/board-page';
import { expect, test } from './support/fixtures';
import { Server } from './support/server';

test('a deleted board says so, offers a copy, and nobody brings it back', async ({ open, server, board, complaints, browser }, info) => {
  const ada = await open();
  await ada.take('Pen');
  await ada.draw(...line([300, 300], [600, 300]));
  await ada.saved();
  await server.command('delete', board);
  const told = ada.page.getByRole('alert').filter({ hasText: 'This board was deleted.' });
  await expect(told).toBeVisible();
  await expect(told.getByRole('button', { name: 'Reload' })).toHaveCount(0);
  await ada.draw(...line([300, 500], [600, 500]));
  await expect(ada.connection).toHaveText(/Not syncing/);
  await expect(ada.connection).not.toContainText(/1 change|to be sent/);
  const download = ada.page.waitForEvent('download');
  await told.getByRole('button', { name: 'Download a copy' }).click();
  const copy = await download;
  expect(copy.suggestedFilename()).toMatch(/\.drawbridge$/);
  const scene = info.outputPath('copy.excalidraw');
  await mkdir(path.dirname(scene), { recursive: true });
  await copy.saveAs(info.outputPath('copy.drawbridge'));
  await Server.convert(info.outputPath('copy.drawbridge'), scene);
  expect(JSON.parse(await readFile(scene, 'utf8')).elements).toMatchObject([{ type: 'freedraw' }, { type: 'freedraw' }]);

  // Again with what this browser has, and as somebody who has nothing of it.
  await ada.page.reload();
  await expect(told).toBeVisible();
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${server.url}/b/${board}`);
  await expect(stranger.getByRole('alert')).toContainText('This board was deleted');
  await stranger.context().close();

  await server.command('restore-deleted', board);
  await ada.page.evaluate(() => dispatchEvent(new Event('focus')));
  const back = ada.page.getByRole('alert').filter({ hasText: 'This board was restored.' });
  await back.getByRole('button', { name: 'Reload' }).click();
  await ada.saved();
  await ada.showsBands(2);
  // The browser says of each answer that it was a 410, and nothing else.
  expect(complaints.list.filter((complaint) => !complaint.includes('status of 410'))).toEqual([]);
  complaints.list.length = 0;
});
