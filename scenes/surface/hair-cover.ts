import {
  DataTexture,
  LinearFilter,
  Matrix4,
  Quaternion,
  RedFormat,
  Vector2,
  Vector3,
  type IUniform,
  type Texture,
} from 'three';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { HairMask } from '../../sdk/anchors/hair-mask.ts';

/** What the shaders of worn products know of the wearer's hair. */
export interface HairUniforms {
  readonly [uniform: string]: IUniform;
  /** How much hair there is, in its red. */
  readonly hairMap: IUniform<Texture>;
  /** World (mm) to (x, y, w) of the map, its upper left corner being 0; and, as z, how far to the wearer's left of the head's middle (mm). */
  readonly hairFromWorld: IUniform<Matrix4>;
  /** How much of the wearer's left and right ear lies under hair, 0 to 1. */
  readonly hairOverEars: IUniform<Vector2>;
}

/** Nobody's hair. */
export function createHairUniforms(): HairUniforms {
  return {
    hairMap: { value: mapOf(new Uint8Array(1), 1) },
    hairFromWorld: { value: new Matrix4() },
    hairOverEars: { value: new Vector2() },
  };
}

/** Takes from a piece what it knew of a person's hair. */
export function forgetHair(piece: HairUniforms): void {
  piece.hairMap.value = mapOf(new Uint8Array(1), 1);
  piece.hairOverEars.value.set(0, 0);
}

/** GLSL of how much of a place lies under hair; `beforeZ`: heights in the piece's frame at which hair may lie over it wholly and not at all. */
export const underHairGlsl = /* glsl */ `
varying vec4 vHair;
uniform sampler2D hairMap;
uniform vec2 hairOverEars;
uniform vec2 underHairZ;
float underHair(float z) {
  float over = vHair.z > 0.0 ? hairOverEars.x : hairOverEars.y;
  vec2 at = vHair.xy / vHair.w;
  vec2 within = step(vec2(0.0), at) * step(at, vec2(1.0));
  float hair = smoothstep(0.3, 0.85, texture2D(hairMap, at).r);
  return over * within.x * within.y * hair * (1.0 - smoothstep(underHairZ.x, underHairZ.y, z));
}`;

/** Share of the way to the newest look that one tracked frame takes: an earring does not blink when hair is put behind the ear. */
const coverShare = 0.35;

/** Ears are hidden from so much hair over both on, until one is bare but for so much: what is told of them does not waver. */
const hiddenFrom = 0.9;
const bareBelow = 0.6;

/**
 * So long, in capture time from when somebody looks at their hair, what it may hide waits for it, and is then shown all the same: the first
 * look of all reads the model and warms it up, which takes a slow machine about so long, and a client more patience than they have.
 */
const patienceMs = 2_000;

/**
 * The wearer's hair, where it lies over what they wear. It was seen in an earlier picture; as it goes with the head, it is laid over the
 * head where that is now.
 */
export class HairCover {
  readonly uniforms = createHairUniforms();
  #hair: HairMask | null = null;
  #hidesEars = false;
  #isAwaited = false;
  #whose: number | null = null;
  /** Since when their hair is waited for; null while nobody looks. */
  #waitsFromMs: number | null = null;
  readonly #mapFromHead = new Matrix4();
  readonly #headFromWorld = new Matrix4();
  readonly #place = new Vector3();
  readonly #turn = new Quaternion();
  readonly #one = new Vector3(1, 1, 1);

  /** Takes a tracked frame; allocates nothing but for a new look at the hair. `hair`: null until it was seen, undefined where nobody looks. */
  follow(hair: HairMask | null | undefined, face: FaceAnchors | null, capturedAtMs: number): void {
    if (face !== null && face.identity !== this.#whose) {
      this.#whose = face.identity;
      this.#waitsFromMs = null;
    }
    this.#waitsFromMs = hair === undefined ? null : (this.#waitsFromMs ?? capturedAtMs);
    const isLate = capturedAtMs - (this.#waitsFromMs ?? capturedAtMs) >= patienceMs;
    this.#isAwaited = hair === null && face !== null && !isLate;
    const isFirst = this.#hair === null && Boolean(hair);
    if ((hair ?? null) !== this.#hair) this.#look(hair ?? null);
    const share = isFirst ? 1 : coverShare;
    const covered = this.uniforms.hairOverEars.value;
    const { x, y } = covered;
    covered.set(
      x + share * ((hair?.leftEarCovered ?? 0) - x),
      y + share * ((hair?.rightEarCovered ?? 0) - y),
    );
    this.#hidesEars = Math.min(covered.x, covered.y) > (this.#hidesEars ? bareBelow : hiddenFrom);
    if (!hair || face === null) return;
    const { rotation, translationMm } = face.cameraFromAnchor.head;
    this.#headFromWorld
      .compose(this.#place.fromArray(translationMm), this.#turn.fromArray(rotation), this.#one)
      .invert();
    const matrix = this.uniforms.hairFromWorld.value.multiplyMatrices(this.#mapFromHead, this.#headFromWorld);
    // The head's own x in the row that a flat map leaves free.
    for (let column = 0; column < 4; column += 1) {
      matrix.elements[column * 4 + 2] = this.#headFromWorld.elements[column * 4] ?? 0;
    }
  }

  /** Whether neither ear is to be seen. */
  get hidesEars(): boolean {
    return this.#hidesEars;
  }

  /** Whether it is still to be seen if they are: what may lie under it waits, and is not seen to go under it. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Tells a piece that this person wears. */
  lieOver(piece: HairUniforms): void {
    piece.hairMap.value = this.uniforms.hairMap.value;
    piece.hairFromWorld.value.copy(this.uniforms.hairFromWorld.value);
    piece.hairOverEars.value.copy(this.uniforms.hairOverEars.value);
  }

  /** The next hair is another person's: nothing is kept of this one's. */
  forget(): void {
    this.#hair = null;
    this.#hidesEars = this.#isAwaited = false;
    this.#whose = this.#waitsFromMs = null;
    this.uniforms.hairMap.value.dispose();
    forgetHair(this.uniforms);
  }

  dispose(): void {
    this.uniforms.hairMap.value.dispose();
  }

  #look(hair: HairMask | null): void {
    this.#hair = hair;
    if (hair === null) return;
    this.uniforms.hairMap.value.dispose();
    this.uniforms.hairMap.value = mapOf(hair.shares, hair.sidePx);
    const { intrinsics, cameraFromHead, leftPx, topPx, regionPx } = hair;
    const { fxPx, fyPx, cxPx, cyPx } = intrinsics;
    this.#mapFromHead
      .compose(
        this.#place.fromArray(cameraFromHead.translationMm),
        this.#turn.fromArray(cameraFromHead.rotation),
        this.#one,
      )
      .premultiply(
        projection.set(
          fxPx / regionPx,
          0,
          (leftPx - cxPx) / regionPx,
          0,
          0,
          -fyPx / regionPx,
          (topPx - cyPx) / regionPx,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          -1,
          0,
        ),
      );
  }
}

const projection = new Matrix4();

function mapOf(shares: Uint8Array, sidePx: number): DataTexture {
  const map = new DataTexture(shares, sidePx, sidePx, RedFormat);
  map.magFilter = map.minFilter = LinearFilter;
  map.unpackAlignment = 1;
  map.needsUpdate = true;
  return map;
}
