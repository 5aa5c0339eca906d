/**
 * Lines of a text, as its field breaks them and as the board paints them.
 * Owns how both are read, and which letters a machine paints as wide as the board counts them.
 */
import type { Page } from '@playwright/test';

/** One paragraph at one zoom; lines from top to bottom, without the spaces at their ends. */
export interface Lines {
  text: string;
  field: string[];
  board: string[];
  /** How large the letters are in the field, and on the board. */
  letters: string[];
  zoom: string;
}

/** Keys that lead from 100 % to each zoom, from the one before it. */
const ZOOMS = ['', '=', '--'];

/** The lines of the open field, as the browser breaks them: by a twin, for a field tells nobody. */
export function fieldLines(page: Page): Promise<string[]> {
  return page.evaluate(linesOfTwin);
}

function linesOfTwin(): string[] {
  const area = document.querySelector<HTMLTextAreaElement>('.text-field')!;
  const twin = document.createElement('div');
  twin.className = area.className;
  twin.style.cssText = area.style.cssText;
  Object.assign(twin.style, { height: 'auto', visibility: 'hidden' });
  twin.textContent = area.value;
  document.body.append(twin);
  const node = twin.firstChild!;
  const lines: string[] = [];
  let top = -Infinity;
  let at = 0;
  for (const letter of area.value) {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, (at += letter.length));
    const rects = range.getClientRects();
    const own = rects[rects.length - 1]?.top ?? top;
    if (own > top + 2) lines.push('');
    top = Math.max(top, own);
    lines[lines.length - 1] += letter;
  }
  twin.remove();
  return lines.map((line) => line.trimEnd());
}

/**
 * The lines of a text that is put into the field, by the twin and by where the key End leads to in the field
 * itself. For texts that run from left to right alone: elsewhere a caret may stand within a line at its end.
 */
export async function linesInBothWays(page: Page, text: string): Promise<{ twin: string[]; caret: string[] }> {
  await page.evaluate(`window.linesOfField = ${linesOfTwin}`);
  return page.evaluate((text) => {
    const area = document.querySelector<HTMLTextAreaElement>('.text-field')!;
    area.value = text;
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const twin = (window as unknown as { linesOfField: () => string[] }).linesOfField();
    const caret: string[] = [];
    for (let start = 0; start < text.length; ) {
      area.setSelectionRange(start, start);
      getSelection()?.modify('move', 'forward', 'lineboundary');
      let end = area.selectionEnd;
      caret.push(text.slice(start, end).trimEnd());
      // The spaces between two lines are of the first.
      while (text[end] === ' ') end += 1;
      if (end === start) throw new Error(`no line begins at ${start} of ${text}`);
      start = end;
    }
    return { twin, caret };
  }, text);
}

/** Whether each line is the same. */
export function alike({ field, board }: Lines): boolean {
  return field.join('\n') === board.join('\n');
}

/** Whether what is on the first line that is another one fits in the field, and more. */
export function breaksLater({ field, board }: Lines): boolean {
  const at = board.findIndex((line, i) => line !== field[i]);
  return (field[at]?.length ?? 0) > (board[at]?.length ?? 0);
}

/** Words with letters that no family has, and how wide the board counts them, font sizes. */
const FOREIGN: Record<string, number> = {
  שלום: 2.151, עולם: 2.089, גשר: 1.618, 'א–b': 1.619, سلام: 2, جسر: 1.812, 橋をかける: 5, '你好，世界。': 6, '「鉤括弧」': 5,
  カタカナー: 5, きゃっと: 4, '他说“你好”然后': 6.938, '「“中”」': 3.938, '100。%': 3.734, 다리를: 2.812, 놓다: 1.875, '🌉': 1.25, '👍🏽': 1.25,
  '👩‍👩‍👧': 1.25, '🇩🇪🇫🇷': 2.5, '1️⃣': 1.25, '❤️': 1.25, '橋をかける人、「鉤括弧」と カタカナー。': 19.277,
};

/**
 * Of these words those that this machine, whichever fonts it has, paints as wide as the board counts them, but
 * for such a share.
 */
export function wordsAsWide(page: Page, words: readonly string[], share: number): Promise<string[]> {
  return page.evaluate(([words, counted, share]) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d')!;
    context.font = '100px "Drawbridge Board", system-ui, sans-serif';
    return words.filter((word) => {
      const width = counted[word];
      return width === undefined || Math.abs(context.measureText(word).width / 100 / width - 1) < share;
    });
  }, [words, FOREIGN, share] as const);
}

/**
 * Puts paragraphs into the open field one after the other, by the events that a keyboard makes, and ends and
 * opens it in between, at three zooms: all in the page, for there are many.
 */
export async function compare(page: Page, paragraphs: string[]): Promise<Lines[]> {
  await page.evaluate(`window.linesOfField = ${linesOfTwin}`);
  return page.evaluate(async ([paragraphs, zooms]) => {
    /** What is painted since it was last emptied: each line once, however many tiles it is in. */
    const painted = new Map<string, { text: string; y: number; x: number; size: string }>();
    const { fillText } = OffscreenCanvasRenderingContext2D.prototype;
    OffscreenCanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
      painted.set(`${x} ${y} ${text}`, { text, x, y, size: /[\d.]+px/.exec(this.font)?.[0] ?? '' });
      fillText.call(this, text, x, y, ...rest);
    };
    const area = document.querySelector<HTMLTextAreaElement>('.text-field')!;
    const key = (key: string, ctrlKey = false) => {
      const at = document.activeElement ?? document.body;
      at.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, ctrlKey, bubbles: true, cancelable: true }));
    };
    const frame = () => new Promise(requestAnimationFrame);
    const until = async (ready: () => boolean) => {
      for (let i = 0; i < 100 && !ready(); i += 1) await frame();
    };

    // Parts of fonts come when letters need them.
    area.value = paragraphs.join(' ');
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await frame();
    await document.fonts.ready;

    const found: Lines[] = [];
    for (const zoom of zooms) {
      key('Escape');
      for (const way of zoom) key(way, true);
      key('Enter');
      await until(() => document.activeElement === area);
      await frame();
      for (const text of paragraphs) {
        area.value = text;
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));
        const field = (window as unknown as { linesOfField: () => string[] }).linesOfField();
        const letters = [area.style.fontSize];
        painted.clear();
        key('Escape');
        await until(() => painted.size > 0);
        const board = [...painted.values()].sort((a, b) => a.y - b.y || a.x - b.x);
        letters.push(...new Set(board.map(({ size }) => size)));
        found.push({ text, field, board: board.map(({ text }) => text), letters, zoom: /scale\(([\d.]+)/.exec(area.style.transform)?.[1] ?? '' });
        key('Enter');
        await until(() => document.activeElement === area);
        await frame();
      }
    }
    OffscreenCanvasRenderingContext2D.prototype.fillText = fillText;
    return found;
  }, [paragraphs, ZOOMS] as const);
}
