/**
 * What is pasted that is more than words: elements of Excalidraw and tldraw, SVG, tables, lists, and pictures
 * within HTML.
 * Owns in which forms these stand on a clipboard, and how tables and lists read as text. HTML is read by the
 * browser's parser, which runs nothing of it.
 */
import { fromBase64 } from './base64';
import type { Clip } from './shell';

/** What was found. */
export interface Found {
  /** Of another program, as a file that its reader takes. */
  file?: File;
  /** Words, if there are no elements. */
  text?: string;
  /** Whether spaces put columns of the words below one another. */
  columns?: boolean;
  pictures?: File[];
}

const EXCALIDRAW = /^\s*\{[^]*"type":\s*"excalidraw/;
const SVG = /^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*(<!DOCTYPE svg[^>[]*>\s*)?<svg[\s>]/i;
/** Most pictures that one page of HTML brings. */
const PICTURES = 100;

/** What a clip is, in the first of its forms that is any; nothing where only its words count. */
export function find({ text, html }: Clip): Found | undefined {
  if (isExcalidraw(text)) return { file: new File([text], 'Excalidraw') };
  if (isSvg(text)) return { file: svgFile(standsAlone(text) ? text : serialized(parsed(text).querySelector('svg'))) };
  for (const source of [html, text].filter((source) => source.includes('tldraw'))) {
    const found = ofTldraw(parsed(source));
    if (found) return { file: new File([found], 'tldraw') };
  }
  if (html) {
    const { body } = parsed(html);
    const inside = body.textContent ?? '';
    if (isExcalidraw(inside)) return { file: new File([inside], 'Excalidraw') };
    const drawing = body.children.length === 1 ? body.firstElementChild : null;
    if (drawing?.localName === 'svg') {
      return { file: svgFile(serialized(drawing)) };
    }
    const pictures = [...body.querySelectorAll('img')].flatMap(picture).slice(0, PICTURES);
    if (pictures.length > 0 || body.querySelector('table, ul, ol')) return { ...wordsOf(body), pictures };
  }
  return ofMarkdown(text);
}

/** Whether a text is elements of Excalidraw, whichever comes first in it. */
function isExcalidraw(text: string): boolean {
  if (!EXCALIDRAW.test(text)) return false;
  try {
    return String((JSON.parse(text) as { type?: unknown }).type).startsWith('excalidraw');
  } catch {
    return false;
  }
}

/** Whether a text is one drawing: code that only begins like one, goes on behind it, or is cut short, is words. */
function isSvg(text: string): boolean {
  if (!SVG.test(text) || /=\{/.test(text)) return false;
  let depth = 0;
  for (const { 0: tag, index } of text.matchAll(/<svg\b|<\/svg\s*>/gi)) {
    depth += tag.startsWith('</') ? -1 : 1;
    if (depth === 0) return text.slice(index + tag.length).trim() === '';
  }
  return false;
}

/** Whether a drawing is a file as it is: within a page one may leave out what its names mean. */
function standsAlone(text: string): boolean {
  return /xmlns=/.test(text) && (!/xlink:/.test(text) || /xmlns:xlink=/.test(text)) && !/&nbsp;/.test(text);
}

function serialized(drawing: Element | null): string {
  return drawing ? new XMLSerializer().serializeToString(drawing) : '';
}

function svgFile(source: string): File {
  return new File([source], 'SVG', { type: 'image/svg+xml' });
}

function parsed(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** A document's clip: JSON, packed as a whole before the third release. */
function ofTldraw(page: Document): string | undefined {
  const said = page.querySelector('[data-tldraw], tldraw')?.textContent?.trim();
  if (!said) return undefined;
  return said.startsWith('{') ? said : JSON.stringify({ type: 'application/tldraw', otherCompressed: said });
}

/** A picture that is in the HTML itself; what lies elsewhere is not fetched. */
function picture({ src }: HTMLImageElement, nth: number): File[] {
  const [, type = '', data = ''] = /^data:(image\/[\w.+-]+);base64,(.*)$/s.exec(src) ?? [];
  const bytes = data ? fromBase64(data) : undefined;
  return bytes ? [new File([bytes], `${nth + 1}`, { type })] : [];
}

const BLOCKS = /^(address|article|aside|blockquote|body|dd|div|dl|dt|figure|footer|h[1-6]|header|hr|main|nav|p|pre|section)$/;
const MARKS = ['•', '◦', '▪'];
const INDENT = '    ';

/** The words of HTML, line by line. */
class Lines {
  readonly lines: string[] = [];
  columns = false;
  #line = '';
  /** What a list has put before the first words of an item. */
  #mark = '';

  read(node: Node, indent: string): void {
    for (const child of node.childNodes) {
      if (child instanceof Text) this.#line += child.data.replace(/\s+/g, ' ');
      else if (child instanceof Element) this.#element(child, indent);
    }
  }

  end(): void {
    const line = this.#line.replace(/ +$/, '');
    if (line.trim()) this.lines.push(line);
    this.#line = '';
  }

  #element(element: Element, indent: string): void {
    const name = element.localName;
    if (/^(head|script|style|template|title)$/.test(name)) return;
    if (name === 'br') return this.end();
    if (element instanceof HTMLTableElement) return this.#table(element);
    if (name === 'ul' || name === 'ol') return this.#list(element, indent);
    const block = BLOCKS.test(name);
    if (block && this.#line !== this.#mark) this.end();
    if (name === 'pre') this.lines.push(...(element.textContent ?? '').replace(/\n$/, '').split('\n'));
    else this.read(element, indent);
    if (block) this.end();
  }

  #list(list: Element, indent: string): void {
    this.end();
    let number = list instanceof HTMLOListElement ? list.start : 0;
    const level = indent.length / INDENT.length;
    for (const item of list.children) {
      // Some programs put a list beside the item that it belongs to.
      if (/^[uo]l$/.test(item.localName)) this.#list(item, indent + INDENT);
      if (item.localName !== 'li') continue;
      this.#line = `${indent}${number ? `${number++}.` : MARKS[Math.min(level, MARKS.length - 1)]} `;
      const box = item.querySelector(':scope > input[type=checkbox], :scope > label > input[type=checkbox]');
      if (box) this.#line = `${indent}${box.hasAttribute('checked') ? '☑' : '☐'} `;
      this.#mark = this.#line;
      this.read(item, indent + INDENT);
      this.end();
    }
  }

  #table({ rows }: HTMLTableElement): void {
    this.end();
    const cells = gridOf([...rows]);
    const heads = [...(rows[0]?.cells ?? [])];
    this.columns ||= cells.some(({ length }) => length > 1);
    this.lines.push(...aligned(cells, heads.length > 0 && heads.every(({ localName }) => localName === 'th')));
  }
}

/** A cell spans no more columns than this. */
const SPAN = 64;

/** What each row of a table says, cell by cell; what one spans is empty but for its first. */
function gridOf(rows: readonly HTMLTableRowElement[]): string[][] {
  const grid: string[][] = rows.map(() => []);
  rows.forEach(({ cells }, top) => {
    const row = grid[top] ?? [];
    let left = 0;
    for (const cell of cells) {
      while (row[left] !== undefined) left += 1;
      const wide = Math.min(cell.colSpan, SPAN);
      for (const [down, below] of grid.slice(top, top + Math.max(1, cell.rowSpan)).entries()) {
        for (let across = 0; across < wide; across += 1) below[left + across] = down + across > 0 ? '' : inOneLine(cell);
      }
      left += wide;
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? ''));
}

function inOneLine(cell: Element): string {
  const lines = new Lines();
  lines.read(cell, '');
  lines.end();
  return lines.lines.join(' ').replace(/\s+/g, ' ').trim();
}

function wordsOf(body: HTMLElement): Found {
  const lines = new Lines();
  lines.read(body, '');
  lines.end();
  const text = lines.lines.map((line) => line.replace(/^ (?! )/, '')).join('\n');
  return { text, columns: lines.columns };
}

/** Rows with their columns below one another where every letter is as wide as every other. */
function aligned(rows: readonly (readonly string[])[], head: boolean): string[] {
  const wide = (text: string) => [...text].length;
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, nth) => Math.max(0, ...rows.map((row) => wide(row[nth] ?? ''))));
  const lines = rows.map((row) =>
    widths.map((width, nth) => (row[nth] ?? '') + ' '.repeat(width - wide(row[nth] ?? ''))).join('   ').trimEnd());
  if (head && columns > 0) lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('   '));
  return lines;
}

const RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** Tables and lists of Markdown, and rows of a spreadsheet, as words that keep their form; nothing without any. */
function ofMarkdown(text: string): Found | undefined {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const full = lines.filter((line) => line.trim());
  const tabs = (line: string) => line.split('\t').length;
  if (full.length > 1 && full.every((line) => tabs(line) > 1 && tabs(line) === tabs(full[0] ?? ''))) {
    return { text: aligned(full.map((line) => line.split('\t').map((cell) => cell.trim())), false).join('\n'), columns: true };
  }
  const said: string[] = [];
  let columns = false;
  for (let at = 0; at < lines.length; at++) {
    const [line = '', rule = ''] = [lines[at], lines[at + 1]];
    if (!line.includes('|') || !rule.includes('|') || !RULE.test(rule)) {
      said.push(line);
      continue;
    }
    const end = lines.findIndex((line, nth) => nth > at && !line.includes('|'));
    const rows = lines.slice(at, end < 0 ? lines.length : end);
    said.push(...aligned(rows.filter((_, nth) => nth !== 1).map(cellsOf), true));
    columns = true;
    at += rows.length - 1;
  }
  const items = said.filter((line) => /^\s*[-*] /.test(line));
  // A plus beside them makes it a difference of two texts.
  const listed = items.length > 1 && !said.some((line) => /^\s*\+/.test(line));
  if (!columns && !listed) return undefined;
  return { text: (listed ? said.map(item) : said).join('\n'), columns };
}

function cellsOf(row: string): string[] {
  const cells = row.trim().replace(/^\||(?<!\\)\|$/g, '').split(/(?<!\\)\|/);
  return cells.map((cell) => cell.replaceAll('\\|', '|').trim());
}

/** A line of a list with the mark that people know. */
function item(line: string): string {
  const [, indent = '', box, rest = ''] = /^(\s*)[-*] (?:\[([ xX])\] )?(.*)$/s.exec(line) ?? [];
  if (!rest) return line;
  const level = Math.min(Math.floor(indent.replaceAll('\t', INDENT).length / 2), MARKS.length - 1);
  const mark = box === undefined ? MARKS[level] : box === ' ' ? '☐' : '☑';
  return `${INDENT.repeat(level)}${mark} ${rest}`;
}
