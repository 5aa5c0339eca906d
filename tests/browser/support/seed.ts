/**
 * Fills a board from outside, as any Yjs program could.
 * Owns one update over one plain socket, opened by the page since Node 20 has no WebSocket.
 */
import { type Page, expect } from '@playwright/test';
import * as Y from 'yjs';
import type { Server } from './server';

/** Elements side by side, so many to a row, `spacing` board units apart, some of every plain kind. */
export function grid(count: number, columns: number, spacing: number): Y.Doc {
  const doc = new Y.Doc();
  const kinds = ['rectangle', 'ellipse', 'rectangle', 'text'];
  doc.transact(() => {
    const elements = doc.getMap('elements');
    for (let i = 0; i < count; i += 1) {
      const kind = kinds[i % kinds.length] ?? '';
      const [x, y] = [(i % columns) * spacing, Math.floor(i / columns) * spacing];
      const size = spacing * 0.7;
      elements.set(`seed-${i}`, [kind, orderKey(i), 'seed', x, y, size, size, 0]);
      if (kind === 'text') doc.getText(`text:seed-${i}`).insert(0, `Note ${i}`);
    }
  });
  return doc;
}

/** Order keys of one length sort as their numbers do. */
function orderKey(i: number): string {
  return `c${i.toString(10).padStart(4, '0')}`;
}

/** Sends the document to a board and waits until the server has stored it. */
export async function seed(page: Page, server: Server, board: string, doc: Y.Doc): Promise<void> {
  const update = Y.encodeStateAsUpdate(doc);
  const url = `${server.url.replace('http', 'ws')}/sync/${board}`;
  await page.evaluate(([url, frame]) => {
    return new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(url);
      // Any answer means that the frame was read: frames of one connection keep their order.
      socket.onopen = () => socket.send(Uint8Array.from(frame));
      socket.onmessage = () => resolve();
      socket.onerror = () => reject(new Error(`no socket to ${url}`));
    });
  }, [url, [0, 2, ...varUint(update.length), ...update]] as const);
  const wanted = doc.getMap('elements').size;
  const there = async () => (await server.document(board)).getMap('elements').size;
  await expect.poll(there).toBe(wanted);
}

/** A number as Yjs's protocols write it: seven bits a byte, low ones first. */
function varUint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}
