/**
 * What the engine paints on: tiles that a pan moves as one, and a canvas above them.
 * Owns the canvases, their size and the lists that they show; knows no element, camera or selection.
 */
import type { Player } from './display-list';
import { Easel, Tile } from './tile';

/** What the engine wants painted; see `Painting` in the engine. CSS pixels. */
export interface Painting {
  readonly shift: Float64Array;
  readonly side: number;
  readonly places: Float64Array;
  readonly tiles: readonly Uint32Array[];
  readonly overlay: Uint32Array;
}

/** Words of a list that is still cheaper to compare than to paint. */
const SHORT = 256;

/** Whether two short lists are one; long ones are not worth the look. */
function isSame(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.length < SHORT && a.every((word, i) => word === b[i]);
}

/** A canvas that is painted on directly: for what changes with every frame. */
class Overlay {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #list: Uint32Array = new Uint32Array();
  #lacks = false;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser gives no canvas');
    this.canvas = canvas;
    this.#context = context;
  }

  show(player: Player, list: Uint32Array, dpr: number): void {
    // A canvas touched is a canvas composited anew: during a pan the overlay often stays.
    if (isSame(this.#list, list)) return;
    this.#list = list;
    this.replay(player, dpr);
  }

  replay(player: Player, dpr: number): void {
    // A blank canvas costs as much to composite as any other.
    this.canvas.hidden = this.#list.length === 0;
    player.lacks = false;
    player.play(this.#context, this.#list, dpr);
    this.#lacks = player.lacks;
  }

  fillIn(player: Player, dpr: number): void {
    if (this.#lacks) this.replay(player, dpr);
  }
}

/** The scene's tiles and the overlay. */
export class Canvases {
  readonly #player: Player;
  readonly #scene: HTMLElement;
  readonly #overlay: Overlay;
  readonly #easel: Easel;
  /** By slot. */
  readonly #tiles: Tile[] = [];
  #dpr = 1;

  constructor(player: Player, scene: HTMLElement, overlay: HTMLCanvasElement) {
    this.#player = player;
    this.#scene = scene;
    this.#overlay = new Overlay(overlay);
    this.#easel = new Easel(player);
  }

  /** Sets the size in CSS pixels. */
  resize(width: number, height: number, dpr: number): void {
    this.#dpr = dpr;
    const { canvas } = this.#overlay;
    [canvas.width, canvas.height] = [Math.round(width * dpr), Math.round(height * dpr)];
    this.#overlay.replay(this.#player, dpr);
  }

  /** Paints what changed. */
  paint({ shift, side, places, tiles, overlay }: Painting): void {
    const [x = 0, y = 0] = shift;
    this.#scene.style.transform = `translate(${x}px, ${y}px)`;
    this.#easel.resize(side, this.#dpr);
    for (const [i, list] of tiles.entries()) {
      const [slot = 0, left = 0, top = 0] = places.subarray(3 * i);
      const tile = this.#tile(slot);
      const { style } = tile.canvas;
      [style.left, style.top] = [`${left}px`, `${top}px`];
      style.width = style.height = `${side}px`;
      tile.show(this.#easel, list);
    }
    this.#overlay.show(this.#player, overlay, this.#dpr);
  }

  /** Paints the last lists again, for a font that has arrived. */
  replay(): void {
    for (const tile of this.#tiles) tile.replay(this.#easel);
    this.#overlay.replay(this.#player, this.#dpr);
  }

  /** Paints again what lacks pictures, for some have arrived. */
  fillIn(): void {
    for (const tile of this.#tiles) if (tile.lacks) tile.replay(this.#easel);
    this.#overlay.fillIn(this.#player, this.#dpr);
  }

  #tile(slot: number): Tile {
    for (let i = this.#tiles.length; i <= slot; i += 1) {
      this.#tiles.push(new Tile(this.#scene.appendChild(document.createElement('canvas'))));
    }
    const tile = this.#tiles[slot];
    if (!tile) throw new RangeError(`no slot ${slot}`);
    return tile;
  }
}
