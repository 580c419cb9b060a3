import { faceVertexCount } from './canonical-face.ts';
import type { HeadView } from './view-frame.ts';

/**
 * How a landmark network errs, in canonical millimetres along the axes of the head's view: what it does alike on every
 * face, in which ways it errs together on one, and how much each landmark errs alone.
 */
export interface NetworkSlips {
  /** The landmarks that a fit uses. */
  readonly vertices: Uint16Array;
  /** Six terms × vertices × (x, y, z): the mean error is their sum times 1, yaw, pitch, yaw², yaw·pitch, pitch² in radians. */
  readonly biasMm: Float32Array;
  /** Modes × vertices × (x, y, z): one standard deviation of each way to err. */
  readonly modesMm: Float32Array;
  readonly modeCount: number;
  /** Vertices × (x, y, z): standard deviation of what is left. */
  readonly noiseMm: Float32Array;
}

/** How many terms the mean error has. */
export const biasTerms = 6;
/** Beyond these turns the network was not measured: its mean error is taken for that at the edge. */
const measuredYawRad = 0.9;
const measuredPitchRad = 0.6;

/** The factors of the terms of `biasMm` in a view. */
export function biasFactors({ yawRad, pitchRad }: HeadView): readonly number[] {
  const yaw = Math.min(measuredYawRad, Math.max(-measuredYawRad, yawRad));
  const pitch = Math.min(measuredPitchRad, Math.max(-measuredPitchRad, pitchRad));
  return [1, yaw, pitch, yaw * yaw, yaw * pitch, pitch * pitch];
}

/** Exact landmarks need no crowd: one in six, the chin among them. */
const exactVertices = Uint16Array.from({ length: faceVertexCount / 6 }, (_, index) => index * 6 + 2);

/** For landmarks that no network found, but that were projected: no error but rounding. */
export const exactLandmarks: NetworkSlips = {
  vertices: exactVertices,
  biasMm: new Float32Array(biasTerms * exactVertices.length * 3),
  modesMm: new Float32Array(0),
  modeCount: 0,
  noiseMm: new Float32Array(exactVertices.length * 3).fill(0.5),
};

/** Slips as a table keeps them: tenths of a millimetre as signed bytes, in base64. */
export interface PackedSlips {
  readonly vertices: readonly number[];
  readonly bias: string;
  readonly modes: string;
  readonly modeCount: number;
  readonly noise: string;
}

/** Reads a packed table. */
export function unpackSlips({ vertices, bias, modes, modeCount, noise }: PackedSlips): NetworkSlips {
  return {
    vertices: Uint16Array.from(vertices),
    biasMm: unpack(bias),
    modesMm: unpack(modes),
    modeCount,
    noiseMm: unpack(noise),
  };
}

function unpack(base64: string): Float32Array {
  const bytes = Int8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return Float32Array.from(bytes, (value) => value / 10);
}
