import { fingerCount } from '../geometry/canonical-hand.ts';
import type { FingerEdges, HandOutline, OutlineProbe } from '../geometry/finger-outline.ts';
import {
  findFingerEdges,
  noOutline,
  outlineProbe,
  profileLength,
  profileReach,
} from '../geometry/finger-outline.ts';

/** Where on the ring's phalanx edges are looked for; in several places where a finger is to be measured, as a crease or a web misleads in one. */
const places = [0.5];
const placesMeasured = [0.35, 0.5, 0.65];

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
    const strips = fingerCount * placesMeasured.length;
    this.#context = new OffscreenCanvas(profileLength, lines * strips).getContext('2d', {
      willReadFrequently: true,
    });
  }

  /** The edges of the five fingers; `landmarks` and `worldMm` as in `TrackedHand`, `pixelsPerMm` as in `outlineProbe`. */
  sample(
    image: CanvasImageSource,
    widthPx: number,
    heightPx: number,
    landmarks: Float32Array,
    worldMm: Float32Array,
    pixelsPerMm?: number,
  ): HandOutline {
    const context = this.#context;
    if (context === null) return noOutline;
    const shares = pixelsPerMm === undefined ? places : placesMeasured;
    const probes = Array.from({ length: fingerCount }, (_, finger) =>
      shares.map((share) => outlineProbe(landmarks, worldMm, finger, widthPx, heightPx, pixelsPerMm, share)),
    ).flat();
    const heightOfStrips = lines * probes.length;
    context.resetTransform();
    context.clearRect(0, 0, profileLength, heightOfStrips);
    probes.forEach((probe, strip) => {
      if (probe !== null) drawStrip(context, image, probe, strip * lines);
    });
    const { data } = context.getImageData(0, 0, profileLength, heightOfStrips);
    const edges = probes.map((probe, strip) =>
      probe === null ? null : findFingerEdges(meanProfile(data, strip * lines), probe.radiusPx),
    );
    return Array.from({ length: fingerCount }, (_, finger) =>
      middleEdges(edges.slice(finger * shares.length, (finger + 1) * shares.length)),
    );
  }
}

/** Of a finger's edges in several places those of middle breadth; null unless most places show any. */
function middleEdges(found: readonly (FingerEdges | null)[]): FingerEdges | null {
  const seen = found.filter((one) => one !== null);
  if (2 * seen.length <= found.length) return null;
  const breadth = ({ lowPx, highPx }: FingerEdges): number => highPx - lowPx;
  return seen.toSorted((a, b) => breadth(a) - breadth(b))[Math.floor((seen.length - 1) / 2)] ?? null;
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
