import type { Point2 } from '../geometry/homography.ts';
import type { LumaPicture } from './luma-picture.ts';
import { lumaAt } from './luma-picture.ts';

/** A straight edge near a guide: at `along` (0 to 1 of the guide) it lies `start + (end − start) · along` outside of it. */
export interface EdgeLine {
  readonly startPx: number;
  readonly endPx: number;
  /** Share of the places along the guide at which the edge was seen. */
  readonly support: number;
}

/** A guide from one corner to the next, and its outward normal. */
interface Guide {
  readonly from: Point2;
  readonly along: Point2;
  readonly lengthPx: number;
  readonly outward: Point2;
}

/** A place where the brightness changes most along one scan across the guide. */
interface Peak {
  readonly offsetPx: number;
  /** Signed: positive when it is brighter outside. */
  readonly step: number;
}

/** The corners are round: a radius of 3.18 mm on sides of 53.98 and 85.6 mm is up to 6 %, and blur reaches further. */
const cornerShare = 0.1;
/** Brightness steps (of 255) below this are noise or print. */
const leastStep = 7;
const coarseScans = 26;
const coarsePeaks = 4;
const coarseTolerancePx = 1.6;
/** An edge turned further away from the guide than this belongs to something else. */
const greatestSlope = 0.35;
const fineScans = 64;
const fineReachPx = 4;
const fineTolerancePx = 1.1;
/** Two lines nearer than this at both ends are one. */
const samePx = 3;

function guideOf([ax, ay]: Point2, [bx, by]: Point2): Guide {
  const lengthPx = Math.hypot(bx - ax, by - ay);
  const along: Point2 = [(bx - ax) / lengthPx, (by - ay) / lengthPx];
  // Corners run clockwise on the picture, so the outside lies to the left of the way.
  return { from: [ax, ay], along, lengthPx, outward: [along[1], -along[0]] };
}

function pointOn({ from, along, lengthPx, outward }: Guide, share: number, offsetPx: number): Point2 {
  return [
    from[0] + along[0] * lengthPx * share + outward[0] * offsetPx,
    from[1] + along[1] * lengthPx * share + outward[1] * offsetPx,
  ];
}

/** The straight edges near a guide, best first: at most `most`, none twice. Deterministic, tolerant of gaps (fingers). */
export function findEdgeLines(
  picture: LumaPicture,
  from: Point2,
  to: Point2,
  reachPx: number,
  most: number,
): EdgeLine[] {
  const guide = guideOf(from, to);
  const scans = Array.from({ length: coarseScans }, (_, index) => {
    const share = shareOf(index, coarseScans);
    return { share, peaks: strongestPeaks(scanAcross(picture, guide, share, reachPx, 0), coarsePeaks) };
  });
  const third = Math.floor(coarseScans / 3);
  const found: EdgeLine[] = [];
  for (const a of scans.slice(0, third)) {
    for (const b of scans.slice(-third)) {
      for (const pa of a.peaks) {
        for (const pb of b.peaks) {
          if (pa.step > 0 !== pb.step > 0) continue;
          const slope = (pb.offsetPx - pa.offsetPx) / (b.share - a.share);
          if (Math.abs(slope) > greatestSlope * guide.lengthPx) continue;
          const startPx = pa.offsetPx - slope * a.share;
          keepBest(found, lineThrough(scans, startPx, slope, pa.step > 0), most * 3);
        }
      }
    }
  }
  return found.slice(0, most);
}

function lineThrough(
  scans: readonly { readonly share: number; readonly peaks: readonly Peak[] }[],
  startPx: number,
  slope: number,
  brighter: boolean,
): EdgeLine {
  let support = 0;
  for (const { share, peaks } of scans) {
    const expected = startPx + slope * share;
    let best = 0;
    for (const { offsetPx, step } of peaks) {
      if (step > 0 !== brighter) continue;
      best = Math.max(best, 1 - (Math.abs(offsetPx - expected) / coarseTolerancePx) ** 2);
    }
    support += best;
  }
  return { startPx, endPx: startPx + slope, support: support / scans.length };
}

function keepBest(found: EdgeLine[], line: EdgeLine, most: number): void {
  const twin = found.findIndex(
    (known) => Math.abs(known.startPx - line.startPx) < samePx && Math.abs(known.endPx - line.endPx) < samePx,
  );
  if (twin >= 0) {
    if ((found[twin]?.support ?? 0) >= line.support) return;
    found.splice(twin, 1);
  }
  const place = found.findIndex((known) => known.support < line.support);
  if (place < 0 && found.length >= most) return;
  found.splice(place < 0 ? found.length : place, 0, line);
  if (found.length > most) found.pop();
}

/** A line's edge to a fraction of a pixel. */
export interface FineEdge {
  /** Two points of it, at both ends of the guide. */
  readonly from: Point2;
  readonly to: Point2;
  /** Share of the places at which the edge was seen within a pixel, with one sign of the step unless either was allowed. */
  readonly support: number;
  /** Root mean square of those places' distances from the line. */
  readonly rmsPx: number;
  /** The median brightness step across the line over its spread: near 0 on texture and noise. */
  readonly clarity: number;
}

/**
 * The edge near a line to a fraction of a pixel: the steepest place of each scan between pixels (parabola), then a straight line
 * by repeatedly reweighted least squares (Tukey), which leaves out fingers. `eitherSign`: a stripe that runs to the edge may be darker than what is
 * behind a card that is brighter. Null when there is no such edge.
 */
export function refineEdge(
  picture: LumaPicture,
  from: Point2,
  to: Point2,
  eitherSign = false,
): FineEdge | null {
  const guide = guideOf(from, to);
  const scans = Array.from({ length: fineScans }, (_, index) => {
    const share = shareOf(index, fineScans);
    const steps = scanAcross(picture, guide, share, fineReachPx, 1);
    return { share, peaks: strongestPeaks(steps, 3), middle: steps };
  });
  const signs = scans.reduce((sum, { peaks }) => sum + Math.sign(peaks[0]?.step ?? 0), 0);
  const places = scans.flatMap(({ share, peaks }) => {
    const peak = peaks.find(({ step }) => eitherSign || step > 0 === signs > 0);
    return peak === undefined ? [] : [{ share, offsetPx: peak.offsetPx }];
  });
  if (places.length < fineScans * 0.35) return null;
  const line = robustLine(places);
  if (line === null) return null;
  const near = places
    .map(({ share, offsetPx }) => offsetPx - line.startPx - line.slope * share)
    .filter((missPx) => Math.abs(missPx) < fineTolerancePx);
  const across = scans.map(({ share, middle }) => stepAt(middle, line.startPx + line.slope * share));
  return {
    from: pointOn(guide, 0, line.startPx),
    to: pointOn(guide, 1, line.startPx + line.slope),
    support: near.length / fineScans,
    rmsPx: Math.sqrt(near.reduce((sum, missPx) => sum + missPx * missPx, 0) / Math.max(1, near.length)),
    clarity: clarityOf(across),
  };
}

function shareOf(index: number, count: number): number {
  return cornerShare + ((1 - 2 * cornerShare) * (index + 0.5)) / count;
}

/** Brightness steps from −reach to +reach, one a pixel, each over two pixels, averaged over three pixels along the guide. */
interface Scan {
  readonly reachPx: number;
  readonly steps: Float64Array;
}

function scanAcross(
  picture: LumaPicture,
  guide: Guide,
  share: number,
  reachPx: number,
  widerPx: number,
): Scan {
  const reach = Math.ceil(reachPx) + widerPx;
  const values = new Float64Array(2 * reach + 4);
  for (let index = 0; index < values.length; index += 1) {
    const [u, v] = pointOn(guide, share, index - reach - 1.5);
    const [du, dv] = guide.along;
    values[index] =
      (lumaAt(picture, u, v) + lumaAt(picture, u + du, v + dv) + lumaAt(picture, u - du, v - dv)) / 3;
  }
  const steps = new Float64Array(2 * reach + 1);
  for (let index = 0; index < steps.length; index += 1) {
    const [a = 0, b = 0, c = 0, d = 0] = values.subarray(index, index + 4);
    steps[index] = (c + d - a - b) / 2;
  }
  return { reachPx: reach, steps };
}

function strongestPeaks({ reachPx, steps }: Scan, most: number): Peak[] {
  const peaks: Peak[] = [];
  for (let index = 1; index < steps.length - 1; index += 1) {
    const [before = 0, step = 0, after = 0] = steps.subarray(index - 1, index + 2);
    const [a, b, c] = step < 0 ? [-before, -step, -after] : [before, step, after];
    if (b < leastStep || b < a || b <= c) continue;
    const bend = a - 2 * b + c;
    const between = bend < 0 ? (0.5 * (a - c)) / bend : 0;
    peaks.push({ offsetPx: index - reachPx + between, step });
  }
  return peaks.sort((one, other) => Math.abs(other.step) - Math.abs(one.step)).slice(0, most);
}

function stepAt({ reachPx, steps }: Scan, offsetPx: number): number {
  const at = Math.min(Math.max(offsetPx + reachPx, 0), steps.length - 1.001);
  const index = Math.floor(at);
  return (steps[index] ?? 0) * (1 - at + index) + (steps[index + 1] ?? 0) * (at - index);
}

function clarityOf(steps: readonly number[]): number {
  const total = steps.reduce((sum, step) => sum + step, 0);
  const sorted = steps.map((step) => (total < 0 ? -step : step)).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  // Of the clearer half only: fingers over a third of an edge say nothing against the rest. 84 % lies a deviation above.
  return at(0.5) / Math.max(1, at(0.84) - at(0.5));
}

function robustLine(
  places: readonly { readonly share: number; readonly offsetPx: number }[],
): { readonly startPx: number; readonly slope: number } | null {
  let line: { readonly startPx: number; readonly slope: number } | null = null;
  let cutPx = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 8; round += 1) {
    let [w, ws, wss, wo, wso] = [0, 0, 0, 0, 0];
    for (const { share, offsetPx } of places) {
      const missPx = line === null ? 0 : offsetPx - line.startPx - line.slope * share;
      const weight = Math.abs(missPx) < cutPx ? (1 - (missPx / cutPx) ** 2) ** 2 : 0;
      w += weight;
      ws += weight * share;
      wss += weight * share * share;
      wo += weight * offsetPx;
      wso += weight * share * offsetPx;
    }
    const determinant = w * wss - ws * ws;
    if (!(determinant > 1e-9)) return line;
    const slope = (w * wso - ws * wo) / determinant;
    line = { slope, startPx: (wo - slope * ws) / w };
    cutPx = Math.max(0.8, 3.5 * 0.7 ** round);
  }
  return line;
}
