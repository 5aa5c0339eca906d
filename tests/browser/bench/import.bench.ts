/**
 * A scene of 10,000 elements dropped on an empty board: 40 % ink of 40 points, 25 % filled rectangles, 15 %
 * ellipses, 10 % lines, 10 % texts. How long until it is on the board, and until that is seen.
 */
import type { BoardPage } from '../support/board-page';
import { test } from '../support/fixtures';
import { percentile, report } from './table';

const ELEMENTS = 10_000;
const ROUNDS = 10;

/** Numbers that are the same with every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function scene(): string {
  const random = numbers(12);
  const points = (count: number) => {
    let [x, y] = [0, 0];
    return Array.from({ length: count }, () => {
      const point = [x, y];
      [x, y] = [x + random() * 16 - 8, y + random() * 16 - 8];
      return point;
    });
  };
  const own = (at: number) => {
    const kind = at % 20;
    if (kind < 8) return { type: 'freedraw', points: points(40), pressures: [], simulatePressure: true };
    if (kind < 13) return { type: 'rectangle', backgroundColor: '#a5d8ff', roundness: { type: 3 } };
    if (kind < 16) return { type: 'ellipse', roundness: { type: 2 } };
    if (kind < 18) return { type: 'line', points: points(3), roundness: { type: 2 } };
    return {
      type: 'text', text: 'Some words on a board', originalText: 'Some words on a board', fontSize: 20, fontFamily: 5,
      textAlign: 'left', verticalAlign: 'top', containerId: null, autoResize: true, lineHeight: 1.25,
    };
  };
  const elements = Array.from({ length: ELEMENTS }, (_, at) => ({
    id: `element-${at}`, x: random() * 20_000, y: random() * 20_000, width: 120, height: 80, angle: 0,
    strokeColor: '#1e1e1e', backgroundColor: 'transparent', fillStyle: 'solid', strokeWidth: 2, strokeStyle: 'solid',
    roughness: 1, opacity: 100, groupIds: [], frameId: null, roundness: null, seed: at * 7919, version: 12,
    versionNonce: at * 104_729, isDeleted: false, boundElements: [], updated: 1_700_000_000_000, link: null,
    locked: false, ...own(at),
  }));
  return JSON.stringify({ type: 'excalidraw', version: 2, elements });
}

/** Drops the scene; milliseconds to the sentence that says it is there, and to the frame behind that. */
async function drop(ada: BoardPage, text: string): Promise<[commit: number, paint: number]> {
  return ada.page.evaluate(async (text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'large.excalidraw'));
    const began = performance.now();
    const board = document.getElementById('board');
    for (const type of ['dragenter', 'dragover', 'drop']) {
      board?.dispatchEvent(new DragEvent(type, { dataTransfer: data, clientX: 400, clientY: 300, bubbles: true, cancelable: true }));
    }
    const commit = await new Promise<number>((done) => {
      const watch = new MutationObserver(() => {
        if (!document.body.textContent?.includes('10000 elements from')) return;
        watch.disconnect();
        done(performance.now());
      });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    return [commit - began, performance.now() - began];
  }, text);
}

test('a scene of 10,000 elements is dropped on a board', async ({ open, server }) => {
  const text = scene();
  const commits: number[] = [];
  const paints: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ada = await open({ board: await server.newBoard() });
    const [commit, paint] = await drop(ada, text);
    commits.push(commit);
    paints.push(paint);
    await ada.page.context().close();
  }
  report('to the commit', percentile(commits, 0.5), 'ms', 400);
  report('to the first paint', percentile(paints, 0.5), 'ms', 700);
});
