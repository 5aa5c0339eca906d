/**
 * Elements as `docs/file-format.md` describes them, read with plain Yjs.
 * Owns the few fields that tests look at; stands on the documented format alone.
 */
import * as Y from 'yjs';

/** One element with its later changes applied. */
export interface Element {
  id: string;
  kind: string;
  /** Left, top, width, height, turn in radians. */
  geometry: readonly number[];
  stroke: string | undefined;
  fill: string | undefined;
  /** What it says of outline, corners, dashes, filling, hand and crop. */
  look: Readonly<Partial<Record<keyof typeof LOOK, unknown>>>;
  text: string;
  /** The frame or group that it says it is in. */
  parent: string | undefined;
  locked: boolean;
  /** Who wrote a note. */
  author: string | undefined;
  /** Where it leads. */
  link: string | undefined;
  /** How many points it has; 0 when it has none, or very many. */
  points: number;
}

/** Where fields stand in a birth record. */
const KIND = 0;
const ORDER = 1;
const GEOMETRY = [3, 4, 5, 6, 7] as const;
const POINTS = 8;
const STROKE = 9;
const FILL = 10;
const LOOK = {
  contour: 14, corner: 15, dash: 16, fillStyle: 17, rough: 18, family: 20, align: 21, verticalAlign: 22, wrap: 23, route: 25, closed: 26, startHead: 27, endHead: 28, labelAt: 30, crop: 31,
} as const;

const AUTHOR = 39;

const LINKS = { parent: 32, locked: 35, link: 36 } as const;

/** Every element, bottom first. */
export function elementsOf(doc: Y.Doc): Element[] {
  const births = doc.getMap<readonly unknown[]>('elements');
  const orders = doc.getMap<string>('order');
  const found = [...births.entries()].map(([id, birth]) => ({
    order: orders.get(id) ?? String(birth[ORDER] ?? ''),
    element: read(doc, id, birth),
  }));
  found.sort((a, b) => compare(a.order, b.order) || compare(a.element.id, b.element.id));
  return found.map(({ element }) => element);
}

function linksOf(doc: Y.Doc, id: string, birth: readonly unknown[]): Pick<Element, 'parent' | 'locked' | 'link'> {
  const links = doc.getMap<unknown>('links');
  const linked = (field: keyof typeof LINKS): unknown => {
    const name = `${id}/${field}`;
    return links.has(name) ? links.get(name) : birth[LINKS[field]];
  };
  const named = (field: keyof typeof LINKS): string | undefined => {
    const value = linked(field);
    return typeof value === 'string' ? value : undefined;
  };
  return { parent: named('parent'), locked: linked('locked') === true, link: named('link') };
}

function read(doc: Y.Doc, id: string, birth: readonly unknown[]): Element {
  const moved = doc.getMap<readonly number[]>('geometry').get(id);
  const styles = doc.getMap<unknown>('style');
  const effective = (field: string, slot: number): unknown => {
    const name = `${id}/${field}`;
    return styles.has(name) ? styles.get(name) : birth[slot];
  };
  const style = (field: string, slot: number): string | undefined => {
    const value = effective(field, slot);
    return typeof value === 'string' ? value : undefined;
  };
  const look = Object.entries(LOOK).map(([field, slot]) => [field, effective(field, slot)] as const);
  return {
    id,
    kind: String(birth[KIND]),
    geometry: moved ?? GEOMETRY.map((slot) => Number(birth[slot] ?? 0)),
    stroke: style('stroke', STROKE),
    fill: style('fill', FILL),
    ...linksOf(doc, id, birth),
    look: Object.fromEntries(look.filter(([, value]) => value !== undefined && value !== null)),
    author: typeof birth[AUTHOR] === 'string' ? birth[AUTHOR] : undefined,
    text: doc.getText(`text:${id}`).toString(),
    points: countOf(doc.getMap('points').get(id) ?? birth[POINTS]),
  };
}

/** The third byte of points, while they are few. */
function countOf(points: unknown): number {
  const count = points instanceof Uint8Array ? points[2] ?? 0 : 0;
  return count < 128 ? count : 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
