import { faceLandmark } from '../geometry/canonical-face.ts';
import type { Vec3 } from '../geometry/pose.ts';
import { mixVectors } from '../geometry/pose-algebra.ts';
import { vertexAt } from './face-shape.ts';

/** Places on the head that products and the occluder's skull need, in the head frame, at the given mesh's scale. */
export interface HeadPoints {
  /** On the skin of the nose, where a frame's bridge rests. */
  readonly noseBridge: Vec3;
  /** The top of the ear's root, where a temple bends down. */
  readonly leftEar: Vec3;
  readonly rightEar: Vec3;
  /** Where an earring's post goes in, on the front of the lobe. */
  readonly leftEarlobe: Vec3;
  readonly rightEarlobe: Vec3;
}

/**
 * From the bridge's landmark between the inner corners of the eyes towards the nasion: a frame rests so high that its
 * wearer looks through the lens a few millimetres above its middle, as opticians fit it.
 */
const bridgeRest = 0.35;

/**
 * The ears lie behind the mesh's edge, which ends before them. Distances from the outer corner of the eye on a head of the
 * canonical size, from adult surveys: root of the ear 76 mm behind (outer corner of the eye to tragus is about 75) and
 * slightly above. A lobe ends at the height of the nose's base, 48 mm below the eye, in many a little lower; it is pierced some five
 * millimetres higher, and its front stands out a little further than the edge of the face.
 * Source: ANSUR II (Gordon et al. 2014), bitragion breadth and ectoorbitale to tragion, mean of both sexes.
 */
const earRootBehindEyeMm = 76;
const earRootAboveEyeMm = 3;
const lobeBehindEyeMm = 76;
const lobeBelowEyeMm = 43;
/** The outline's landmarks lie on the cheek's bulge; the ear's root is a little nearer to the middle. */
const earRootOfEdge = 0.95;
const lobeOfEdge = 1.01;
/** A lobe's front looks forward and this much outwards: an ear stands off the head by about 27°, and its lobe turns on to the front. */
export const lobeOutwardRad = (43 * Math.PI) / 180;

/**
 * The named places on a head: `verticesMm` is a face mesh in canonical order (the canonical one or the client's own),
 * `scale` its size relative to the canonical face.
 */
export function headPointsOf(verticesMm: ArrayLike<number>, scale = 1): HeadPoints {
  const nasion = vertexAt(verticesMm, faceLandmark.nasion);
  const bridgeUpper = vertexAt(verticesMm, faceLandmark.bridgeUpper);
  const right = sideOf(verticesMm, faceLandmark.rightEyeOuter, [
    faceLandmark.rightEdgeUpper,
    faceLandmark.rightEdge,
  ]);
  const left = sideOf(verticesMm, faceLandmark.leftEyeOuter, [
    faceLandmark.leftEdgeUpper,
    faceLandmark.leftEdge,
  ]);
  const earOf = ({ eye, edgeXMm }: Side): Vec3 => [
    edgeXMm * earRootOfEdge,
    eye[1] + earRootAboveEyeMm * scale,
    eye[2] - earRootBehindEyeMm * scale,
  ];
  const lobeOf = ({ eye, edgeXMm }: Side): Vec3 => [
    edgeXMm * lobeOfEdge,
    eye[1] - lobeBelowEyeMm * scale,
    eye[2] - lobeBehindEyeMm * scale,
  ];
  return {
    noseBridge: mixVectors(bridgeUpper, nasion, bridgeRest),
    leftEar: earOf(left),
    rightEar: earOf(right),
    leftEarlobe: lobeOf(left),
    rightEarlobe: lobeOf(right),
  };
}

interface Side {
  readonly eye: Vec3;
  /** Signed distance of the face's outline from its middle plane, at the height of eye and cheekbone. */
  readonly edgeXMm: number;
}

function sideOf(verticesMm: ArrayLike<number>, eyeOuter: number, edge: readonly [number, number]): Side {
  const edgeXMm = (vertexAt(verticesMm, edge[0])[0] + vertexAt(verticesMm, edge[1])[0]) / 2;
  return { eye: vertexAt(verticesMm, eyeOuter), edgeXMm };
}
