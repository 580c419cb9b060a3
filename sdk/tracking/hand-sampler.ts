import { fingerCount } from '../geometry/canonical-hand.ts';
import type { HandOutline, OutlineProbe } from '../geometry/finger-outline.ts';
import { findCrossEdges, profileLength, profileReach } from '../geometry/cross-edges.ts';
import { noOutline, ofFinger, outlineProbe } from '../geometry/finger-outline.ts';
import {
  findWrist,
  wristReach,
  wristSight,
  type PicturePatch,
  type WristOutline,
  type WristSight,
} from '../geometry/wrist-outline.ts';
import type { TrackedHand } from './landmark-frame.ts';
import type { PictureSize } from './picture-region.ts';

/** How many lines side by side make one profile, and how far they reach along the finger on either side, in radii. */
const lines = 7;
const alongReach = 0.35;

/** The side of the square in which a wrist is looked at: its arm is then some 40 pixels broad, of which an edge takes two. */
const patchPx = 160;

/**
 * Finds the edges of fingers and wrist on the picture: a strip across each finger is drawn upright into a small canvas, at the picture's
 * own resolution, and its lines are averaged; the wrist's surroundings are drawn into another one. For the worker, like the skin sampler.
 */
export class HandSampler {
  readonly #strips = contextOf(profileLength, lines * fingerCount);
  readonly #patch = contextOf(patchPx, patchPx);

  /** The edges of the five fingers; `landmarks` and `worldMm` as in `TrackedHand`, `cardPxPerMm` as in `outlineProbe`. */
  sampleFingers(
    image: CanvasImageSource,
    { widthPx, heightPx }: PictureSize,
    { landmarks, worldMm }: HandLandmarks,
    cardPxPerMm: number | null = null,
  ): HandOutline {
    if (this.#strips === null) return noOutline;
    const probes = Array.from({ length: fingerCount }, (_, finger) =>
      outlineProbe(landmarks, worldMm, finger, widthPx, heightPx, cardPxPerMm),
    );
    return outlineOf(this.#strips, image, probes);
  }

  /** What the picture shows of the wrist; null where it does not stand out. */
  sampleWrist(
    image: CanvasImageSource,
    { widthPx, heightPx }: PictureSize,
    { landmarks, worldMm }: HandLandmarks,
  ): WristOutline | null {
    const sight = wristSight(landmarks, worldMm, widthPx, heightPx);
    return sight && this.#patch && findWrist(sight, patchOf(this.#patch, image, sight));
  }
}

type HandLandmarks = Pick<TrackedHand, 'landmarks' | 'worldMm'>;

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
    probe === null ? null : findCrossEdges(meanProfile(data, finger * lines), probe.radiusPx, ofFinger),
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
  // A near hand is drawn some five times smaller, and a striped sleeve is not to become edges.
  context.imageSmoothingQuality = 'medium';
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
