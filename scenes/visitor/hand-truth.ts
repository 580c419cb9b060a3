import type { FingerAnchor, FingerName, HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import { fingerNames } from '../../sdk/anchors/hand-anchors.ts';
import type { HandForm, HandHold } from './hand-form.ts';

const jointsPerFinger = 4;
const bonesPerFinger = 3;
/** The field that draws the forearm is stretched along its back, so it is so much flatter than broad. */
const forearmFlatness = 1.34;

/** What a perfect tracker would tell of a drawn hand. */
export function handTruth(form: HandForm, { side }: Pick<HandHold, 'side'>): HandAnchors {
  const jointsMm = new Float32Array(21 * 3);
  const { forearm } = form;
  jointsMm.set(forearm.from, 0);
  for (let finger = 0; finger < fingerNames.length; finger += 1) {
    for (let joint = 0; joint < jointsPerFinger; joint += 1) {
      const bone = form.phalanges[finger * bonesPerFinger + Math.min(joint, bonesPerFinger - 1)];
      const point = joint < bonesPerFinger ? bone?.from : bone?.to;
      if (point) jointsMm.set(point, (1 + finger * jointsPerFinger + joint) * 3);
    }
  }
  const fingers = Object.fromEntries(
    fingerNames.map((name, finger): [FingerName, FingerAnchor] => [
      name,
      {
        cameraFromRing: form.rings[finger] ?? form.watch,
        radiusMm: form.radiiMm[finger] ?? 8,
        confidence: 1,
      },
    ]),
  ) as Record<FingerName, FingerAnchor>;
  // The watch sits an eighth of the way from the wrist to where the drawn forearm ends.
  const radiusMm = forearm.fromRadiusMm + (forearm.toRadiusMm - forearm.fromRadiusMm) / 8;
  return {
    identity: 1,
    side,
    confidence: 1,
    fingers,
    wrist: {
      cameraFromWrist: form.watch,
      breadthMm: 2 * radiusMm,
      depthMm: (2 * radiusMm) / forearmFlatness,
      confidence: 1,
    },
    jointsMm,
    scale: { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 },
  };
}
