import {
  CanvasTexture,
  CapsuleGeometry,
  Group,
  Mesh,
  MeshStandardMaterial,
  Shape,
  ShapeGeometry,
  SRGBColorSpace,
  Vector3,
} from 'three';
import { cardCornerRadiusMm, cardHeightMm, cardThicknessMm, cardWidthMm } from '../../sdk/geometry/card.ts';
import type { CardHold } from './card-hold.ts';
import { usualHold } from './card-hold.ts';

const texturePx = { width: 856, height: 540 };
const fingerRadiusMm = 7;

/** A card of known size, held by two fingers at its sides, plain side out, that touches the forehead exactly where that is nearest. */
export class VisitorCard {
  readonly root = new Group();
  readonly #foreheadMm: Float32Array;
  readonly #owned: { dispose(): void }[] = [];

  /**
   * @param skinMm - vertices of the skin in the head frame, (x, y, z) in a row
   * @param finger - what the fingers are made of; stays whoever's it is
   */
  constructor(skinMm: ArrayLike<number>, finger: MeshStandardMaterial) {
    this.#foreheadMm = foreheadOf(skinMm);
    const texture = new CanvasTexture(drawnBack());
    texture.colorSpace = SRGBColorSpace;
    texture.anisotropy = 8;
    const material = new MeshStandardMaterial({ map: texture, roughness: 0.5 });
    const card = new ShapeGeometry(outline(), 8);
    texture.repeat.set(1 / cardWidthMm, 1 / cardHeightMm);
    texture.offset.set(0.5, 0.5);
    const fingers = new CapsuleGeometry(fingerRadiusMm, 34, 8, 20);
    this.#owned.push(texture, material, card, fingers);
    const face = new Mesh(card, material);
    face.castShadow = true;
    face.receiveShadow = true;
    this.root.add(face);
    for (const side of [-1, 1]) {
      const held = new Mesh(fingers, finger);
      held.position.set(side * (cardWidthMm / 2 + 10), -6, fingerRadiusMm - 2);
      held.rotation.set(0, 0, side * 1.2);
      held.castShadow = true;
      this.root.add(held);
    }
    this.hold(usualHold);
  }

  /** Puts the card against the forehead; in the frame of a head that is drawn `size` times as large, which a card is not. */
  hold({ upMm, leanRad, turnRad, gapMm }: CardHold, size = 1): void {
    const [halfWidth, halfHeight] = [cardWidthMm / size / 2, cardHeightMm / size / 2];
    this.root.scale.setScalar(1);
    this.root.rotation.set(-leanRad, 0, turnRad);
    this.root.position.set(0, 0, 0);
    this.root.updateMatrix();
    const cardFromHead = this.root.matrix.clone().invert();
    const middle = new Vector3(0, upMm, 0).applyMatrix4(cardFromHead);
    const point = new Vector3();
    let nearest = Number.NEGATIVE_INFINITY;
    for (let at = 0; at + 2 < this.#foreheadMm.length; at += 3) {
      point.fromArray(this.#foreheadMm, at).applyMatrix4(cardFromHead);
      if (Math.abs(point.x - middle.x) > halfWidth) continue;
      // Where the card's middle comes to lie moves a little with its depth; the forehead is smooth enough.
      if (Math.abs(point.y - this.#alongOf(upMm, leanRad)) > halfHeight) continue;
      nearest = Math.max(nearest, point.z);
    }
    const place = new Vector3(0, this.#alongOf(upMm, leanRad), nearest + (cardThicknessMm + gapMm) / size);
    this.root.position.copy(place.applyMatrix4(this.root.matrix));
    this.root.scale.setScalar(1 / size);
  }

  dispose(): void {
    this.root.removeFromParent();
    for (const owned of this.#owned) owned.dispose();
  }

  /** The card's height in its own frame when its middle lies on the forehead's front, `upMm` high. */
  #alongOf(upMm: number, leanRad: number): number {
    return upMm * Math.cos(leanRad) - foreheadFrontMm * Math.sin(leanRad);
  }
}

/** About where the visitor's forehead is foremost. */
const foreheadFrontMm = 44;

function foreheadOf(skinMm: ArrayLike<number>): Float32Array {
  const kept: number[] = [];
  for (let at = 0; at + 2 < skinMm.length; at += 3) {
    const [x, y, z] = [skinMm[at] ?? 0, skinMm[at + 1] ?? 0, skinMm[at + 2] ?? 0];
    if (z > 0 && y > 20) kept.push(x, y, z);
  }
  return Float32Array.from(kept);
}

function outline(): Shape {
  const [x, y, r] = [cardWidthMm / 2, cardHeightMm / 2, cardCornerRadiusMm];
  const shape = new Shape();
  shape.moveTo(-x + r, -y);
  shape.lineTo(x - r, -y).absarc(x - r, -y + r, r, -Math.PI / 2, 0, false);
  shape.lineTo(x, y - r).absarc(x - r, y - r, r, 0, Math.PI / 2, false);
  shape.lineTo(-x + r, y).absarc(-x + r, y - r, r, Math.PI / 2, Math.PI, false);
  shape.lineTo(-x, -y + r).absarc(-x + r, -y + r, r, Math.PI, 1.5 * Math.PI, false);
  return shape;
}

/** A house's loyalty card from behind: a stripe, a field for a signature. */
function drawnBack(): OffscreenCanvas {
  const { width, height } = texturePx;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.fillStyle = '#e9e4da';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#3a3531';
  context.fillRect(0, 60, width, 110);
  context.fillStyle = '#f7f5f0';
  context.fillRect(60, 230, 480, 90);
  context.fillStyle = '#a79c8c';
  for (let line = 0; line < 3; line += 1) context.fillRect(60, 390 + line * 36, 420 - 90 * line, 8);
  return canvas;
}
