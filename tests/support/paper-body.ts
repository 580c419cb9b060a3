import { bodyPoint, bodyPointCount } from '../../sdk/geometry/body-landmarks.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import { projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { quaternionFromYawPitchRoll, rotateVector, transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import type { TrackedBody } from '../../sdk/tracking/landmark-frame.ts';

/** An average person standing upright, points in millimetres around the middle of the hips; +z is their front. */
export function paperBody(headYawRad = 0): Vec3[] {
  const points: Vec3[] = Array.from({ length: bodyPointCount }, () => [0, 200, 0]);
  const place = (name: keyof typeof bodyPoint, at: Vec3): void => {
    points[bodyPoint[name]] = at;
  };
  const head = quaternionFromYawPitchRoll(headYawRad, 0, 0);
  const onHead = ([x, y, z]: Vec3): Vec3 => {
    const [hx, hy, hz] = rotateVector(head, [x, y - 650, z]);
    return [hx, hy + 650, hz];
  };
  place('nose', onHead([0, 690, 110]));
  place('leftEar', onHead([75, 700, 0]));
  place('rightEar', onHead([-75, 700, 0]));
  for (const [side, x] of [
    ['left', 1],
    ['right', -1],
  ] as const) {
    place(`${side}Shoulder`, [x * 165, 500, 0]);
    place(`${side}Elbow`, [x * 210, 230, 0]);
    place(`${side}Wrist`, [x * 190, 200, 230]);
    place(`${side}Hip`, [x * 100, 0, 0]);
    place(`${side}Ankle`, [x * 90, -820, -20]);
  }
  return points;
}

/** What a perfect network says of a person of this size. `seen`: which points are visible. */
export function seePaperBody(
  points: readonly Vec3[],
  cameraFromBody: Pose,
  intrinsics: CameraIntrinsics,
  size = 1,
  seen: (point: number) => boolean = () => true,
): TrackedBody {
  const landmarks = new Float32Array(bodyPointCount * 4);
  const worldMm = new Float32Array(bodyPointCount * 3);
  points.forEach((point, index) => {
    const trueMm = transformPoint(cameraFromBody, [point[0] * size, point[1] * size, point[2] * size]);
    const [u, v] = projectPoint(intrinsics, trueMm);
    landmarks.set([u / intrinsics.widthPx, v / intrinsics.heightPx, 0, seen(index) ? 0.98 : 0.02], index * 4);
    const [x, y, z] = rotateVector(cameraFromBody.rotation, point);
    worldMm.set([x, -y, -z], index * 3);
  });
  return { trackId: 1, landmarks, worldMm };
}
