import type { Node } from '@gltf-transform/core';
import type { PieceExtras } from '../../protocol/piece-extras.ts';
import { drawnBy, transformed, type Point } from './drawn-points.ts';

const mmPerMetre = 1_000;

/** The box about something, in millimetres. */
export interface Box {
  readonly low: Point;
  readonly high: Point;
}

/** The middle of a box. */
export function middleOf({ low, high }: Box): Point {
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
}

/** A model in the frame of its anchor, in millimetres: what its nodes are called, where they lie, what they draw. */
export class PlacedModel {
  readonly #root: Node;
  readonly #wornFrame: PieceExtras['wornFrame'];

  constructor(root: Node, { wornFrame }: PieceExtras) {
    this.#root = root;
    this.#wornFrame = wornFrame;
  }

  /** Where a node's own origin lies; null where there is no such node. */
  originOf(name: string): Point | null {
    const node = this.#nodeOf(name);
    return node === null ? null : this.#fromAnchor(node, [0, 0, 0]);
  }

  /** All that a node and those below it draw, or the whole model. */
  pointsOf(name: string | null): readonly Point[] {
    const points: Point[] = [];
    const at: number[] = [];
    const top = name === null ? this.#root : this.#nodeOf(name);
    top?.traverse((node) => {
      for (const drawn of drawnBy(node)) {
        for (let index = 0; index < drawn.getCount(); index += 1) {
          const [x = 0, y = 0, z = 0] = drawn.getElement(index, at);
          points.push(this.#fromAnchor(node, [x, y, z]));
        }
      }
    });
    return points;
  }

  /** The box about it; null where nothing is drawn. */
  boxOf(name: string | null): Box | null {
    const points = this.pointsOf(name);
    if (points.length === 0) return null;
    const along = (axis: 0 | 1 | 2, of: (a: number, b: number) => number): number =>
      points.map((point) => point[axis]).reduce((a, b) => of(a, b));
    return {
      low: [along(0, Math.min), along(1, Math.min), along(2, Math.min)],
      high: [along(0, Math.max), along(1, Math.max), along(2, Math.max)],
    };
  }

  #nodeOf(name: string): Node | null {
    let found: Node | null = null;
    this.#root.traverse((node) => {
      if (node.getName() === name) found ??= node;
    });
    return found;
  }

  #fromAnchor(node: Node, point: Point): Point {
    const [x, y, z] = transformed(node.getWorldMatrix(), point);
    const { translationMm, rotation } = this.#wornFrame;
    return turnedBack(rotation, [
      x * mmPerMetre - translationMm[0],
      y * mmPerMetre - translationMm[1],
      z * mmPerMetre - translationMm[2],
    ]);
  }
}

/** A vector turned by the inverse of a unit quaternion. */
function turnedBack([qx, qy, qz, w]: PieceExtras['wornFrame']['rotation'], [x, y, z]: Point): Point {
  const [a, b, c] = [-qx, -qy, -qz];
  const [tx, ty, tz] = [2 * (b * z - c * y), 2 * (c * x - a * z), 2 * (a * y - b * x)];
  return [x + w * tx + b * tz - c * ty, y + w * ty + c * tx - a * tz, z + w * tz + a * ty - b * tx];
}
