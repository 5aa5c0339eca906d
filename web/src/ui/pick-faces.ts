/**
 * What the values of the style table that are picked by their looks look like.
 * Owns the drawings, of 24 units like the icons; knows no value.
 */
import {
  Circle, Cloud, Cylinder, Diamond, Hexagon, Square, Star, Triangle,
} from 'lucide';
import type { STYLE } from '../engine/style';
import type { IconNode } from './icon';

type Picked = { [Field in keyof typeof STYLE]: (typeof STYLE)[Field] }[keyof typeof STYLE];
/** The key of a value's words. */
export type PickName = Extract<Picked, { kind: 'picks' }>['picks'][number]['name'];

const path = (d: string, more: Record<string, string | number> = {}): IconNode[number] => ['path', { d, ...more }];
const BOX = 'M6 4.5h12a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5z';
const box = path(BOX);

/** Shafts of heads at the right, which end where these stand. */
const shaft = (to: number) => path(`M2 12h${to - 2}`);
const filled = { fill: 'currentColor' };

const FACES: Record<PickName, IconNode> = {
  rectangle: Square,
  ellipse: Circle,
  diamond: Diamond,
  triangle: Triangle,
  hexagon: Hexagon,
  parallelogram: [path('M8 5h14l-6 14H2z')],
  star: Star,
  cloud: Cloud,
  bubble: [path('M5 3.5h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-6 4.5 1.5-4.5H5a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2z')],
  cylinder: Cylinder,
  solid: [path('M4 12h16')],
  dashed: [path('M4 12h16', { 'stroke-dasharray': '4 4' })],
  dotted: [path('M4 12h16', { 'stroke-dasharray': '0 4', 'stroke-width': 2.5 })],
  filled: [path(BOX, filled)],
  hatched: [box, path('M4.5 12 12 4.5M4.5 18.5l14-14M11 19.5l8.5-8.5', { 'stroke-width': 1.25 })],
  crossed: [box, path('M4.5 12 12 4.5M4.5 18.5l14-14M11 19.5l8.5-8.5M12 4.5l7.5 7.5M5.5 4.5l14 14M4.5 11l8.5 8.5', { 'stroke-width': 1 })],
  ruled: [path('M4 15 20 9')],
  careful: [path('M3.5 14.5c5 .5 8-4.5 17-5.5')],
  loose: [path('M3 14c4 2 6-6 9-3s5-2 9-4'), path('M4 16.5c6-1 10-4 15-5.5', { 'stroke-width': 1.25 })],
  wild: [path('M3 13c3 5 4-8 7-4s4 5 6 0 3-1 5-2'), path('M4 18c4-2 3-6 8-5s5-1 8 0', { 'stroke-width': 1.25 })],
  sharp: [path('M5 20V5h15')],
  soft: [path('M5 20V8a3 3 0 0 1 3-3h12')],
  round: [path('M5 20v-6a9 9 0 0 1 9-9h6')],
  pill: [path('M8.5 6.5h7a5.5 5.5 0 0 1 0 11h-7a5.5 5.5 0 0 1 0-11z')],
  rounded: [path('M5 19 12 4.5 19 19M7.5 14h9', { 'stroke-width': 2.5 })],
  hand: [path('M4.5 19.5C8 15 11 9 12.5 4.5c1 5 2.5 10.5 6.5 14.5M7 13.5c4-1 7-1.5 10.5-1')],
  serif: [path('M6.5 19 12 4.5 17.5 19M8.5 14h7M4.5 19h4.5M15 19h4.5', { 'stroke-width': 1.75 })],
  mono: [path('m8.5 7-5 5 5 5M15.5 7l5 5-5 5')],
  left: [path('M4 6h16M4 12h9M4 18h13')],
  centre: [path('M4 6h16M7.5 12h9M5.5 18h13')],
  right: [path('M4 6h16M11 12h9M7 18h13')],
  top: [path('M4 4h16M9 9h6M8 13h8')],
  middle: [path('M4 12h3M17 12h3M9 10h6M8 14h8')],
  bottom: [path('M4 20h16M9 11h6M8 15h8')],
  straightWay: [path('M4 17 10 7l4 10 6-10')],
  elbowWay: [path('M4 17h6V7h10')],
  curvedWay: [path('M4 17C5 11 7 7 9 7c3 0 3 10 6 10 2 0 4-4 5-10')],
  openLine: [path('M13 18H5l5-12 9 8')],
  closedLine: [path('M5 18l5-12 9 12z')],
  noHead: [shaft(22)],
  arrowHead: [shaft(22), path('m15 6.5 7 5.5-7 5.5')],
  triangleHead: [shaft(12), path('M12 6.5v11l10-5.5z', filled)],
  triangleOutline: [shaft(12), path('M12 6.5v11l10-5.5z')],
  barHead: [shaft(21), path('M21 5.5v13')],
  circleHead: [shaft(14), path('M13 12a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0', filled)],
  circleOutline: [shaft(13), path('M13 12a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0')],
  diamondHead: [shaft(10), path('m10 12 6-5 6 5-6 5z', filled)],
  diamondOutline: [shaft(10), path('m10 12 6-5 6 5-6 5z')],
  one: [shaft(22), path('M16.5 6.5v11')],
  many: [shaft(22), path('M22 6.5 13 12l9 5.5')],
  oneOrMany: [shaft(22), path('M22 6.5 14 12l8 5.5M10 6.5v11')],
  exactlyOne: [shaft(22), path('M13 6.5v11M17.5 6.5v11')],
  zeroOrOne: [shaft(8), path('M8 12a3 3 0 1 0 6 0 3 3 0 1 0-6 0M14 12h8M18 6.5v11')],
  zeroOrMany: [shaft(8), path('M8 12a3 3 0 1 0 6 0 3 3 0 1 0-6 0M14 12h8M22 6.5 14 12l8 5.5')],
};

/** The face of a value. */
export function faceOf(name: PickName): IconNode {
  return FACES[name];
}
