/**
 * A square of the scene, and where it is painted.
 * Owns bitmaps; knows not which part of the board they show.
 */
import type { Player } from './display-list';

/** A tile shows a bitmap that was painted elsewhere: while it stays, no frame costs anything. */
export class Tile {
  readonly canvas: HTMLCanvasElement;
  readonly #context: ImageBitmapRenderingContext;
  #list: Uint32Array = new Uint32Array();
  /** Whether a picture on it is still to come. */
  lacks = false;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('bitmaprenderer');
    if (!context) throw new Error('this browser gives no canvas');
    this.canvas = canvas;
    this.#context = context;
  }

  show(easel: Easel, list: Uint32Array): void {
    this.#list = list;
    this.replay(easel);
  }

  /** Paints the last list again. */
  replay(easel: Easel): void {
    const { canvas } = this;
    canvas.hidden = this.#list.length === 0;
    this.lacks = false;
    if (canvas.hidden) return;
    const bitmap = easel.paint(this.#list);
    this.lacks = easel.lacks;
    // Some browsers scale a bitmap to the canvas's own size.
    if (canvas.width !== bitmap.width) canvas.width = canvas.height = bitmap.width;
    this.#context.transferFromImageBitmap(bitmap);
  }
}

/** Where tiles are painted, one after the other. */
export class Easel {
  readonly #player: Player;
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;
  #dpr = 1;

  constructor(player: Player) {
    const context = this.#canvas.getContext('2d');
    if (!context) throw new Error('this browser gives no canvas');
    this.#player = player;
    this.#context = context;
  }

  /** Sets the side in CSS pixels. */
  resize(side: number, dpr: number): void {
    const size = Math.round(side * dpr);
    if (this.#canvas.width !== size) this.#canvas.width = this.#canvas.height = size;
    this.#dpr = dpr;
  }

  /** Whether what was painted last lacks a picture. */
  get lacks(): boolean {
    return this.#player.lacks;
  }

  paint(list: Uint32Array): ImageBitmap {
    this.#player.lacks = false;
    this.#player.play(this.#context, list, this.#dpr);
    return this.#canvas.transferToImageBitmap();
  }
}
