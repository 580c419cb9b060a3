import {
  Color,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  Quaternion,
  SphereGeometry,
  Vector3,
} from 'three';
import { faceLandmark } from '../../../sdk/geometry/canonical-face.ts';
import { irisDiameterMm } from '../../../sdk/geometry/iris-scale.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import {
  conjugate,
  mixVectors,
  rotateVector,
  subtractVectors,
  transformPoint,
} from '../../../sdk/geometry/pose-algebra.ts';
import { pointAt } from '../head-shape.ts';

/** The edges of the lids in the canonical mesh, right eye and left eye. */
const lids: readonly ReadonlySet<number>[] = [
  new Set([33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246]),
  new Set([263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466]),
];
const radiusMm = 12;
/** An eyeball's middle lies this far behind the line between the corners of its eye. */
const behindCornersMm = 9;
const limbusShare = 0.86;
const pupilRadiusMm = 2;
/** The whites of dark faces in the dim light that makes them dark are darker too, but less so. */
const whiteOfTone = 0.35;

/** The triangles of a face mesh less those that close its eyes. */
export function withoutEyes(triangles: Uint16Array): Uint16Array {
  const kept: number[] = [];
  for (let at = 0; at < triangles.length; at += 3) {
    const corners = triangles.subarray(at, at + 3);
    if (!lids.some((lid) => corners.every((vertex) => lid.has(vertex)))) kept.push(...corners);
  }
  return Uint16Array.from(kept);
}

/** Two eyeballs with irises 11.7 mm across, which look into the camera from the head they are put in. */
export class Eyeballs {
  readonly #whites = [newWhite(), newWhite()] as const;
  readonly parts: readonly Group[] = this.#whites.map((white) => newEyeball(white));

  /** Gives the whites the share of light that the skin around them throws back. */
  tint(skinTone: readonly [r: number, g: number, b: number]): void {
    for (const { material } of this.#whites) {
      material.color
        .setRGB(...skinTone)
        .lerp(new Color('#ffffff'), whiteOfTone)
        .multiply(new Color('#d9d2cc'));
    }
  }

  /** Moves both behind the lids of a mesh, in the head's own frame. */
  place(verticesMm: Float32Array, cameraFromFace: Pose): void {
    const corners = [
      [faceLandmark.rightEyeOuter, faceLandmark.rightEyeInner],
      [faceLandmark.leftEyeOuter, faceLandmark.leftEyeInner],
    ] as const;
    corners.forEach(([outer, inner], side) => {
      const part = this.parts[side];
      if (part === undefined) return;
      const [x, y, z] = mixVectors(pointAt(verticesMm, outer), pointAt(verticesMm, inner), 0.5);
      const middle = [x, y, z - behindCornersMm] as const;
      part.position.set(...middle);
      const away = subtractVectors([0, 0, 0], transformPoint(cameraFromFace, middle));
      const gaze = new Vector3(...rotateVector(conjugate(cameraFromFace.rotation), away)).normalize();
      part.quaternion.copy(new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), gaze));
    });
  }
}

function newWhite(): Mesh<SphereGeometry, MeshLambertMaterial> {
  return new Mesh(new SphereGeometry(radiusMm, 32, 24), new MeshLambertMaterial());
}

function newEyeball(white: Mesh): Group {
  const eye = new Group();
  const iris = irisDiameterMm / 2;
  eye.add(
    white,
    cap(0.05, iris, '#2a2018'),
    cap(0.1, iris * limbusShare, '#5d4530'),
    cap(0.15, pupilRadiusMm, '#050404'),
  );
  for (const part of eye.children) part.frustumCulled = false;
  return eye;
}

/** A cap around the gaze, as wide as given, a little above the white. */
function cap(aboveMm: number, capRadiusMm: number, color: string): Mesh {
  const radius = radiusMm + aboveMm;
  const geometry = new SphereGeometry(radius, 32, 6, 0, 2 * Math.PI, 0, Math.asin(capRadiusMm / radius));
  return new Mesh(geometry, new MeshBasicMaterial({ color }));
}
