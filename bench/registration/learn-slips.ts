import type { CanonicalFace } from '../../sdk/geometry/canonical-face.ts';
import { faceVertexCount } from '../../sdk/geometry/canonical-face.ts';
import { solveCholesky } from '../../sdk/geometry/cholesky.ts';
import type { NetworkSlips } from '../../sdk/geometry/network-slips.ts';
import { biasFactors, biasTerms } from '../../sdk/geometry/network-slips.ts';
import { conjugate, rotateVector } from '../../sdk/geometry/pose-algebra.ts';
import type { HeadView } from '../../sdk/geometry/view-frame.ts';
import { headViewOf } from '../../sdk/geometry/view-frame.ts';
import { pointAt } from './head-shape.ts';
import type { SeenFilm } from './page/main.ts';
import type { RegistrationFilm } from './sampling.ts';
import { overlayVertices, pictureHeightPx, pictureWidthPx, truthOf } from './scoring.ts';

/** How many landmarks the fit uses, spread evenly over the face. */
const vertexCount = 110;
const modeCount = 12;
/** A share of a term's evidence that pulls its factor towards none. */
const ridge = 3;
const leastNoiseMm = 0.3;
const powerSteps = 60;
/**
 * What the modes leave is not independent from landmark to landmark either: each counts for a ninth of what it would. Chosen
 * on the tuning seeds, learning on one face and testing on the other; from 2 to 4 it hardly matters.
 */
const dependence = 3;

/** One picture's landmark errors in the view's axes, 468 × (x, y, z) in millimetres. */
interface SlipSample {
  readonly factors: readonly number[];
  readonly errorsMm: Float64Array;
}

/**
 * Learns how the network errs from films whose truth is known: the mean error in every view by ridge regression, then the
 * principal components of what is left. Every picture counts a second time as its own mirror image, so that nothing of the
 * films' sides gets in.
 */
export function learnSlips(
  face: CanonicalFace,
  films: readonly RegistrationFilm[],
  seen: readonly SeenFilm[],
): NetworkSlips {
  const twins = twinsOf(face.verticesMm);
  const vertices = spreadVertices(face.verticesMm, twins);
  const samples = films.flatMap((film, index) => samplesOf(face, film, seen[index] ?? [], vertices, twins));
  const size = vertices.length * 3;
  const biasMm = regress(samples, size);
  const rest = samples.map(({ factors, errorsMm }) =>
    errorsMm.map((error, at) => {
      let mean = 0;
      for (let term = 0; term < biasTerms; term += 1)
        mean += (factors[term] ?? 0) * (biasMm[term * size + at] ?? 0);
      return error - mean;
    }),
  );
  const modesMm = principal(rest, size);
  const noiseMm = new Float32Array(size);
  for (let at = 0; at < size; at += 1) {
    let variance = rest.reduce((sum, row) => sum + (row[at] ?? 0) ** 2, 0) / rest.length;
    for (let mode = 0; mode < modeCount; mode += 1) variance -= (modesMm[mode * size + at] ?? 0) ** 2;
    noiseMm[at] = dependence * Math.sqrt(Math.max(variance, 0) + leastNoiseMm ** 2);
  }
  return { vertices, biasMm, modesMm, modeCount, noiseMm };
}

function twinsOf(verticesMm: Float32Array): Uint16Array {
  return Uint16Array.from({ length: faceVertexCount }, (_, vertex) => {
    const [x, y, z] = pointAt(verticesMm, vertex);
    let twin = vertex;
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < faceVertexCount; other += 1) {
      const [ox, oy, oz] = pointAt(verticesMm, other);
      const apart = (ox + x) ** 2 + (oy - y) ** 2 + (oz - z) ** 2;
      if (apart < nearest) [twin, nearest] = [other, apart];
    }
    return twin;
  });
}

/** Farthest points first, with their twins, starting where spectacles meet the face. */
function spreadVertices(verticesMm: Float32Array, twins: Uint16Array): Uint16Array {
  const chosen = new Set<number>(overlayVertices);
  const apart = new Float64Array(faceVertexCount).fill(Number.POSITIVE_INFINITY);
  const note = (vertex: number): void => {
    const [x, y, z] = pointAt(verticesMm, vertex);
    for (let other = 0; other < faceVertexCount; other += 1) {
      const [ox, oy, oz] = pointAt(verticesMm, other);
      apart[other] = Math.min(apart[other] ?? 0, (ox - x) ** 2 + (oy - y) ** 2 + (oz - z) ** 2);
    }
  };
  for (const vertex of chosen) note(vertex);
  while (chosen.size < vertexCount) {
    const farthest = apart.indexOf(Math.max(...apart));
    for (const vertex of [farthest, twins[farthest] ?? farthest]) {
      chosen.add(vertex);
      note(vertex);
    }
  }
  return Uint16Array.from([...chosen].toSorted((a, b) => a - b));
}

function samplesOf(
  face: CanonicalFace,
  film: RegistrationFilm,
  seen: SeenFilm,
  vertices: Uint16Array,
  twins: Uint16Array,
): SlipSample[] {
  return seen.flatMap((picture, frame) => {
    if (picture === null) return [];
    const truth = truthOf(face, film, frame);
    const view = headViewOf(truth.pose);
    const errorsMm = new Float64Array(faceVertexCount * 3);
    let meanDepthError = 0;
    const viewFromCamera = conjugate(view.cameraFromView);
    const { fxPx, fyPx, cxPx, cyPx } = truth.intrinsics;
    for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
      const [x, y, z] = rotateVector(view.viewFromFace, pointAt(truth.verticesMm, vertex));
      const [u, v, w] = pointAt(picture.landmarks, vertex);
      const ray = rotateVector(viewFromCamera, [
        (u * pictureWidthPx - cxPx) / fxPx,
        -(v * pictureHeightPx - cyPx) / fyPx,
        -1,
      ]);
      const zoom = view.distanceMm / (view.distanceMm - z);
      errorsMm[vertex * 3] = (ray[0] / -ray[2]) * view.distanceMm - x * zoom;
      errorsMm[vertex * 3 + 1] = (ray[1] / -ray[2]) * view.distanceMm - y * zoom;
      errorsMm[vertex * 3 + 2] = (-w * pictureWidthPx * view.distanceMm) / fxPx - z;
      meanDepthError += (errorsMm[vertex * 3 + 2] ?? 0) / faceVertexCount;
    }
    const mirrored: HeadView = { ...view, yawRad: -view.yawRad };
    return [
      { factors: biasFactors(view), errorsMm: pick(errorsMm, vertices, null, meanDepthError) },
      { factors: biasFactors(mirrored), errorsMm: pick(errorsMm, vertices, twins, meanDepthError) },
    ];
  });
}

/** The errors of the chosen vertices, or of their twins with their sides exchanged; depth has no origin. */
function pick(
  errorsMm: Float64Array,
  vertices: Uint16Array,
  twins: Uint16Array | null,
  meanDepthError: number,
): Float64Array {
  const picked = new Float64Array(vertices.length * 3);
  vertices.forEach((vertex, index) => {
    const [x, y, z] = pointAt(errorsMm, twins === null ? vertex : (twins[vertex] ?? vertex));
    picked.set([twins === null ? x : -x, y, z - meanDepthError], index * 3);
  });
  return picked;
}

function regress(samples: readonly SlipSample[], size: number): Float32Array {
  const normal = new Float64Array(biasTerms * biasTerms);
  const right = new Float64Array(biasTerms * size);
  for (const { factors, errorsMm } of samples) {
    for (let i = 0; i < biasTerms; i += 1) {
      const factor = factors[i] ?? 0;
      for (let j = 0; j < biasTerms; j += 1) {
        normal[i * biasTerms + j] = (normal[i * biasTerms + j] ?? 0) + factor * (factors[j] ?? 0);
      }
      for (let at = 0; at < size; at += 1) {
        right[i * size + at] = (right[i * size + at] ?? 0) + factor * (errorsMm[at] ?? 0);
      }
    }
  }
  for (let i = 0; i < biasTerms; i += 1) normal[i * biasTerms + i] = (normal[i * biasTerms + i] ?? 0) + ridge;
  if (!solveCholesky(normal, right, biasTerms, size)) throw new Error('too few films to learn from');
  return Float32Array.from(right);
}

/** The first principal components, each as long as its standard deviation, by orthogonal iteration. */
function principal(rows: readonly Float64Array[], size: number): Float32Array {
  const covariance = new Float64Array(size * size);
  for (const row of rows) {
    for (let i = 0; i < size; i += 1) {
      const scaled = (row[i] ?? 0) / rows.length;
      for (let j = 0; j < size; j += 1) {
        covariance[i * size + j] = (covariance[i * size + j] ?? 0) + scaled * (row[j] ?? 0);
      }
    }
  }
  const modesMm = new Float32Array(modeCount * size);
  const found: Float64Array[] = [];
  for (let mode = 0; mode < modeCount; mode += 1) {
    let vector = Float64Array.from({ length: size }, (_, at) => Math.sin(at * (mode + 1.7)));
    let variance = 0;
    for (let step = 0; step < powerSteps; step += 1) {
      const next = new Float64Array(size);
      for (let i = 0; i < size; i += 1) {
        let sum = 0;
        for (let j = 0; j < size; j += 1) sum += (covariance[i * size + j] ?? 0) * (vector[j] ?? 0);
        next[i] = sum;
      }
      for (const earlier of found) {
        const along = dot(next, earlier);
        for (let i = 0; i < size; i += 1) next[i] = (next[i] ?? 0) - along * (earlier[i] ?? 0);
      }
      variance = Math.sqrt(dot(next, next));
      vector = next.map((value) => value / variance);
    }
    found.push(vector);
    modesMm.set(
      vector.map((value) => value * Math.sqrt(variance)),
      mode * size,
    );
  }
  return modesMm;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
