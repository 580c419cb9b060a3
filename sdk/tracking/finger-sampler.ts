import { fingerCount } from '../geometry/canonical-hand.ts';
import type { HandOutline, OutlineProbe } from '../geometry/finger-outline.ts';
import {
  findFingerEdges,
  noOutline,
  outlineProbe,
  profileLength,
  profileReach,
} from '../geometry/finger-outline.ts';

/** How many lines side by side make one profile, and how far they reach along the finger on either side, in radii. */
const lines = 7;
const alongReach = 0.35;

/**
 * Finds the edges of fingers on the picture at its own resolution: a strip across each finger is drawn upright into a small
 * canvas and its lines are averaged. For the worker, like the skin sampler.
 */
export class FingerSampler {
  readonly #context: OffscreenCanvasRenderingContext2D | null;

  constructor() {
    this.#context = new OffscreenCanvas(profileLength, lines * fingerCount).getContext('2d', {
      willReadFrequently: true,
    });
  }

  /** The edges of the five fingers; `landmarks` and `worldMm` as in `TrackedHand`, `cardPxPerMm` as in `outlineProbe`. */
  sample(
    image: CanvasImageSource,
    widthPx: number,
    heightPx: number,
    landmarks: Float32Array,
    worldMm: Float32Array,
    cardPxPerMm: number | null = null,
  ): HandOutline {
    const context = this.#context;
    if (context === null) return noOutline;
    const probes = Array.from({ length: fingerCount }, (_, finger) =>
      outlineProbe(landmarks, worldMm, finger, widthPx, heightPx, cardPxPerMm),
    );
    context.resetTransform();
    context.clearRect(0, 0, profileLength, lines * fingerCount);
    probes.forEach((probe, finger) => {
      if (probe !== null) drawStrip(context, image, probe, finger * lines);
    });
    const { data } = context.getImageData(0, 0, profileLength, lines * fingerCount);
    return probes.map((probe, finger) =>
      probe === null ? null : findFingerEdges(meanProfile(data, finger * lines), probe.radiusPx),
    );
  }
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
