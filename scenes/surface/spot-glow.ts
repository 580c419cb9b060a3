import { DataTexture, LinearFilter, Sprite, SpriteMaterial, SRGBColorSpace } from 'three';
import type { SpotPlace } from './spot-place.ts';

const SIDE_PX = 64;

/** How large the light is beside the piece, and the least and most that a spot of light may be. */
const SHARE_OF_PIECE = 0.16;
const LEAST_MM = 5;
const MOST_MM = 26;

/**
 * A small light at a spot of a piece: where an advisor points. It is seen through whatever lies before the spot, so that the client finds
 * it, and stands out before light and dark alike.
 */
export class SpotGlow {
  readonly #sprite: Sprite;
  readonly #sizeMm: number;
  readonly #material: SpriteMaterial;
  readonly #texture = glowTexture();

  constructor(extentMm: number) {
    this.#material = new SpriteMaterial({
      map: this.#texture,
      depthTest: false,
      toneMapped: false,
    });
    this.#sprite = new Sprite(this.#material);
    this.#sprite.renderOrder = 50;
    this.#sizeMm = glowSizeMm(extentMm);
    // It is light, not matter: no ray hits it.
    this.#sprite.raycast = () => undefined;
  }

  /** Lights a spot of the piece; null puts the light out. */
  shine(place: SpotPlace | null): void {
    this.#sprite.removeFromParent();
    if (place === null) return;
    const { part, at } = place;
    part.add(this.#sprite);
    this.#sprite.position.copy(at);
    // As large on a part that is written in units of its own, as quantized geometry is.
    const { scale } = this.#sprite;
    scale.setScalar(this.#sizeMm / part.getWorldScale(scale).x);
  }

  dispose(): void {
    this.#sprite.removeFromParent();
    this.#material.dispose();
    this.#texture.dispose();
  }
}

/** The light's width beside a piece of this largest extent. */
export function glowSizeMm(extentMm: number): number {
  return Math.min(MOST_MM, Math.max(LEAST_MM, extentMm * SHARE_OF_PIECE));
}

/** A white heart, a clear ring, and a breath of shade around it. */
function glowTexture(): DataTexture {
  // Rounds and clamps what is written into it.
  const rgba = new Uint8ClampedArray(SIDE_PX * SIDE_PX * 4);
  for (let y = 0; y < SIDE_PX; y += 1) {
    for (let x = 0; x < SIDE_PX; x += 1) {
      const [dx, dy] = [(x + 0.5) / SIDE_PX - 0.5, (y + 0.5) / SIDE_PX - 0.5];
      const r = 2 * Math.hypot(dx, dy);
      const light = Math.exp(-((r / 0.24) ** 2)) + 0.95 * Math.exp(-(((r - 0.66) / 0.07) ** 2));
      const alpha = Math.max(light, 0.3 * Math.exp(-(((r - 0.8) / 0.14) ** 2)));
      const white = (255 * light) / alpha;
      rgba.set([white, white, white, r < 1 ? 255 * alpha : 0], (y * SIDE_PX + x) * 4);
    }
  }
  const texture = new DataTexture(rgba, SIDE_PX, SIDE_PX);
  texture.colorSpace = SRGBColorSpace;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}
