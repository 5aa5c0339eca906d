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

/** A filled box about a place, and so many arrows from it to boxes around, which hold on to both. */
export function held(count: number, route: string, [x, y]: readonly [number, number]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    const elements = doc.getMap('elements');
    elements.set('hub', ['rectangle', orderKey(0), 'seed', x - 60, y - 40, 120, 80, null, null, null, '#a5d8ff']);
    for (let i = 0; i < count; i += 1) {
      const [angle, far] = [(i / count) * 2 * Math.PI, 200 + 40 * (i % 4)];
      const [dx, dy] = [Math.round(far * 1.5 * Math.cos(angle)), Math.round(far * Math.sin(angle))];
      elements.set(`box-${i}`, ['rectangle', orderKey(2 * i + 1), 'seed', x + dx - 10, y + dy - 8, 20, 16]);
      const points = [[dx < 0 ? -dx : 0, dy < 0 ? -dy : 0], [dx < 0 ? 0 : dx, dy < 0 ? 0 : dy]];
      const birth = ['arrow', orderKey(2 * i + 2), 'seed', Math.min(x, x + dx), Math.min(y, y + dy), Math.abs(dx), Math.abs(dy), null, encode(points)];
      const ends = [['hub', 0.5, 0.5, false], [`box-${i}`, 0.5, 0.5, false]];
      elements.set(`arrow-${i}`, [...birth, ...Array<null>(16).fill(null), route, ...Array<null>(7).fill(null), ...ends]);
    }
  });
  return doc;
}

/** Whole points as a birth has them: see docs/file-format.md. */
function encode(points: readonly (readonly number[])[]): Uint8Array {
  const bytes = [0, 0, ...varUint(points.length), 32];
  const expected = [0, 0];
  points.forEach((point, i) => point.forEach((value, axis) => {
    const by = value - (expected[axis] ?? 0);
    bytes.push(...varUint(by < 0 ? -2 * by - 1 : 2 * by));
    expected[axis] = 2 * value - (points[i - 1]?.[axis] ?? value);
  }));
  return Uint8Array.from(bytes);
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
