import type { Matrix4, Mesh } from 'three';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import { handTruth } from '../visitor/hand-truth.ts';
import { raisedHand } from '../visitor/hand-motion.ts';
import type { HandHold } from '../visitor/hand-form.ts';
import { VisitorHand } from '../visitor/visitor-hand.ts';
import { boutiqueLight } from '../visitor/visitor-light.ts';
import type { CoverCrop } from './projection.ts';

/** The mannequin's plaster, linear. */
const plaster = [0.74, 0.69, 0.62] as const;
/** Beside the bust and before it, where a jeweller's hand stands on the counter. */
const placesMm = { fingers: [84, -22, -430], wrist: [80, 74, -430] } as const;
/** How far it turns with the bust. */
const turnShare = 0.7;

/**
 * The hand that wears rings, watches and bracelets where there is no camera. It is marched pixel by pixel, so it is drawn only while
 * something needs it.
 */
export class DisplayHand {
  readonly #hand = new VisitorHand();

  constructor() {
    this.#hand.wear(plaster);
    const { keyFrom, key, sky, ground } = boutiqueLight;
    this.#hand.light({ keyFrom, key: dimmed(key), sky: dimmed(sky), ground: dimmed(ground) });
    this.#hand.standBefore(null);
    this.#hand.softenEdge();
  }

  get mesh(): Mesh {
    return this.#hand.mesh;
  }

  /**
   * Holds the hand up, turned as the bust is (radians about the upright), before the crop of a camera that a buffer of this width
   * shows; gives what is true of it. `shows` says what of it must be in sight.
   */
  hold(
    shows: keyof typeof placesMm,
    yawRad: number,
    intrinsics: CameraIntrinsics,
    crop: CoverCrop,
    bufferWidthPx: number,
    projection: Matrix4,
  ): HandAnchors {
    const held = raisedHand({ side: 'left', shows: 'back' });
    const hold: HandHold = { ...held, positionMm: placesMm[shows], yawRad: held.yawRad + turnShare * yawRad };
    const scale = bufferWidthPx / crop.widthPx;
    const seen: CameraIntrinsics = {
      ...intrinsics,
      widthPx: bufferWidthPx,
      heightPx: crop.heightPx * scale,
      fxPx: intrinsics.fxPx * scale,
      fyPx: intrinsics.fyPx * scale,
      cxPx: (intrinsics.cxPx - crop.xPx) * scale,
      cyPx: (intrinsics.cyPx - crop.yPx) * scale,
    };
    return handTruth(this.#hand.hold(hold, seen, projection), hold);
  }

  dispose(): void {
    this.#hand.dispose();
  }
}

/** What plaster makes of a light's colour. */
function dimmed([red, green, blue]: (typeof boutiqueLight)['key']): (typeof boutiqueLight)['key'] {
  return [red / Math.PI, green / Math.PI, blue / Math.PI];
}
