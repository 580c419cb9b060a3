import { fingerCount } from '../geometry/canonical-hand.ts';
import type { HandOutline, OutlineProbe } from '../geometry/finger-outline.ts';
import {
  findCrossEdges,
  noOutline,
  outlineProbe,
  profileLength,
  profileReach,
} from '../geometry/finger-outline.ts';
import {
  findWrist,
  wristReach,
  wristSight,
  type PicturePatch,
  type WristOutline,
  type WristSight,
} from '../geometry/wrist-outline.ts';

/** How many lines side by side make one profile, and how far they reach along the finger on either side, in radii. */
const lines = 7;
const alongReach = 0.35;

/** The side of the square in which a wrist is looked at. */
const patchPx = 160;

/** What a picture shows of one hand. */
export interface HandEdges {
  readonly outline: HandOutline;
  readonly wristOutline: WristOutline | null;
}

/**
 * Finds the edges of fingers and wrist on the picture: a strip across each finger is drawn upright into a small canvas, at the picture's
 * own resolution, and its lines are averaged; the wrist's surroundings are drawn into another one. For the worker, like the skin sampler.
 */
export class HandSampler {
  readonly #strips = contextOf(profileLength, lines * fingerCount);
  readonly #patch = contextOf(patchPx, patchPx);

  /** The edges of the five fingers and of the wrist; `landmarks` and `worldMm` as in `TrackedHand`, `cardPxPerMm` as in `outlineProbe`. */
  sample(
    image: CanvasImageSource,
    widthPx: number,
    heightPx: number,
    landmarks: Float32Array,
    worldMm: Float32Array,
    cardPxPerMm: number | null = null,
  ): HandEdges {
    const probes = Array.from({ length: fingerCount }, (_, finger) =>
      outlineProbe(landmarks, worldMm, finger, widthPx, heightPx, cardPxPerMm),
    );
    const sight = wristSight(landmarks, worldMm, widthPx, heightPx);
    return {
      outline: this.#strips ? outlineOf(this.#strips, image, probes) : noOutline,
      wristOutline: this.#patch && sight ? findWrist(sight, patchOf(this.#patch, image, sight)) : null,
    };
  }
}

function contextOf(widthPx: number, heightPx: number): OffscreenCanvasRenderingContext2D | null {
  return new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true });
}

function outlineOf(
  context: OffscreenCanvasRenderingContext2D,
  image: CanvasImageSource,
  probes: readonly (OutlineProbe | null)[],
): HandOutline {
  context.resetTransform();
  context.clearRect(0, 0, profileLength, lines * fingerCount);
  probes.forEach((probe, finger) => {
    if (probe !== null) drawStrip(context, image, probe, finger * lines);
  });
  const { data } = context.getImageData(0, 0, profileLength, lines * fingerCount);
  return probes.map((probe, finger) =>
    probe === null ? null : findCrossEdges(meanProfile(data, finger * lines), probe.radiusPx),
  );
}

function patchOf(
  context: OffscreenCanvasRenderingContext2D,
  image: CanvasImageSource,
  sight: WristSight,
): PicturePatch {
  const reachPx = wristReach(sight);
  const scale = (2 * reachPx) / patchPx;
  const [leftPx, topPx] = [sight.uPx - reachPx, sight.vPx - reachPx];
  context.resetTransform();
  context.clearRect(0, 0, patchPx, patchPx);
  context.setTransform(1 / scale, 0, 0, 1 / scale, -leftPx / scale, -topPx / scale);
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, patchPx, patchPx);
  return { rgba: data, sidePx: patchPx, leftPx, topPx, scale };
}

/** Draws the strip so that across the finger runs to the right and its tip lies upwards. */
function drawStrip(
  context: OffscreenCanvasRenderingContext2D,
  image: CanvasImageSource,
  { uPx, vPx, alongU, alongV, radiusPx }: OutlineProbe,
  topPx: number,
): void {
  const acrossScale = (profileLength - 1) / (2 * profileReach * radiusPx);
  const alongScale = (lines - 1) / (2 * alongReach * radiusPx);
  const [acrossU, acrossV] = [-alongV, alongU];
  context.save();
  context.beginPath();
  context.rect(0, topPx, profileLength, lines);
  context.clip();
  // Canvas x = across · (p − middle), canvas y = −along · (p − middle), each with its scale.
  const [a, b] = [acrossScale * acrossU, -alongScale * alongU];
  const [c, d] = [acrossScale * acrossV, -alongScale * alongV];
  context.setTransform(
    a,
    b,
    c,
    d,
    profileLength / 2 - a * uPx - c * vPx,
    topPx + lines / 2 - b * uPx - d * vPx,
  );
  context.drawImage(image, 0, 0);
  context.restore();
}

function meanProfile(rgba: Uint8ClampedArray, firstLine: number): Float32Array {
  const profile = new Float32Array(profileLength * 3);
  for (let line = 0; line < lines; line += 1) {
    for (let sample = 0; sample < profileLength; sample += 1) {
      const at = ((firstLine + line) * profileLength + sample) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        profile[sample * 3 + channel] =
          (profile[sample * 3 + channel] ?? 0) + (rgba[at + channel] ?? 0) / lines;
      }
    }
  }
  return profile;
}
