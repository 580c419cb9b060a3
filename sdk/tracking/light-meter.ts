import type { FaceAnchors, LightEstimate } from '../anchors/anchor-frame.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { lightFromShading, vertexNormals, type ShadingSamples } from '../geometry/face-shading.ts';
import { faceLightFrom, mixLight, neutralLight, type LinearMean } from '../geometry/light-estimate.ts';
import type { Quaternion } from '../geometry/pose.ts';
import { rotateVector } from '../geometry/pose-algebra.ts';
import type { LightHarmonics } from '../geometry/spherical-harmonics.ts';
import { addHarmonics } from '../geometry/spherical-harmonics.ts';

/** Share of the way to the newest light that one sample takes: light is sampled five times a second, and settles in one. */
const lightWeight = 0.25;
const noiseWeight = 0.2;

/** What a frame's pixels tell of the light. */
export interface LightSigns {
  readonly shading: ShadingSamples | null;
  readonly handLight: LinearMean | null;
  readonly noise: number | null;
}

/** Gathers the light on the first face over frames: colour, exposure, direction, and the camera's noise. */
export class LightMeter {
  readonly #normals: Float32Array;
  #estimate: LightEstimate = neutralEstimate;

  constructor({ verticesMm, triangles }: CanonicalFace) {
    this.#normals = vertexNormals(verticesMm, triangles);
  }

  /** The light as it is known after this frame. */
  follow({ shading, handLight, noise }: LightSigns, face: FaceAnchors | null): LightEstimate {
    const before = this.#estimate;
    if (noise !== null) {
      const known = before.noise ?? noise;
      this.#estimate = { ...before, noise: known + noiseWeight * (noise - known) };
    }
    if (shading === null || face === null) return this.#fromHand(handLight);
    const mean = meanOf(shading);
    if (mean.pixels === 0) return this.#estimate;
    const isFirst = this.#estimate.source !== 'face';
    this.#estimate = {
      ...this.#estimate,
      ...mixLight(this.#estimate, faceLightFrom(mean), isFirst ? 1 : lightWeight),
      harmonics: this.#harmonics(shading, face.cameraFromAnchor.head.rotation),
      source: 'face',
    };
    return this.#estimate;
  }

  /** A hand's skin tells colour and exposure, but hardly from where the light comes; it is asked where no face is seen. */
  #fromHand(mean: LinearMean | null): LightEstimate {
    if (mean === null || this.#estimate.source === 'face') return this.#estimate;
    const isFirst = this.#estimate.source === 'none';
    this.#estimate = {
      ...this.#estimate,
      ...mixLight(this.#estimate, faceLightFrom(mean), isFirst ? 1 : lightWeight),
      source: 'hand',
    };
    return this.#estimate;
  }

  /** Forgets the person's light; the camera's noise is the camera's, and stays. */
  reset(): void {
    this.#estimate = { ...neutralEstimate, noise: this.#estimate.noise };
  }

  #harmonics(shading: ShadingSamples, cameraFromHead: Quaternion): LightHarmonics | null {
    const normals = shading.vertices.flatMap((vertex) => {
      const at = vertex * 3;
      return rotateVector(cameraFromHead, [
        this.#normals[at] ?? 0,
        this.#normals[at + 1] ?? 0,
        this.#normals[at + 2] ?? 0,
      ]);
    });
    const now = lightFromShading(shading, normals);
    const before = this.#estimate.harmonics;
    if (now === null || before === null) return now ?? before;
    return addHarmonics(before, addHarmonics(now, before, -1), lightWeight);
  }
}

/** Light of which nothing is known. */
export const neutralEstimate: LightEstimate = {
  ...neutralLight,
  harmonics: null,
  noise: null,
  source: 'none',
};

function meanOf({ linearRgb }: ShadingSamples): LinearMean {
  let [red, green, blue, pixels] = [0, 0, 0, 0];
  for (let at = 0; at + 2 < linearRgb.length; at += 3) {
    if (!Number.isFinite(linearRgb[at] ?? Number.NaN)) continue;
    red += linearRgb[at] ?? 0;
    green += linearRgb[at + 1] ?? 0;
    blue += linearRgb[at + 2] ?? 0;
    pixels += 1;
  }
  const count = Math.max(1, pixels);
  return { red: red / count, green: green / count, blue: blue / count, pixels };
}
