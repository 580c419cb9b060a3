import type { AnchorFrame, FaceAnchors, LightEstimate } from '../sdk/anchors/anchor-frame.ts';
import { faceAnchorPoses } from '../sdk/anchors/face-anchors.ts';
import { headPointsOf } from '../sdk/anchors/head-points.ts';
import { Emitter } from '../sdk/core/emitter.ts';
import type { CanonicalFace } from '../sdk/geometry/canonical-face.ts';
import { stillBody } from '../sdk/tracking/still-body.ts';
import { cameraLessMetrics } from '../sdk/tracking/camera-less-metrics.ts';
import type { TrackedFrame, Tracker, TrackerEvents } from '../sdk/tracking/tracker.ts';
import { visitorFaceMm } from '../scenes/visitor/visitor-face.ts';
import { visitorIntrinsics } from '../scenes/visitor/visitor-camera.ts';
import { handForm } from '../scenes/visitor/hand-form.ts';
import { handTruth } from '../scenes/visitor/hand-truth.ts';
import type { VisitorScene } from '../scenes/visitor/visitor-scene.ts';
import type { GalleryView } from './views.ts';

const sure = { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 } as const;
/** From one still to the next passes longer than what hangs takes to be held for moved: it hangs still in each. */
const betweenStillsMs = 400;

/** A tracker of one still at a time: a drawn visitor with what is true of it, so that equal poses give equal pictures. */
export interface VisitorStills extends Tracker {
  /** Has the visitor stand so; the next frame taken shows it. */
  stand(view: GalleryView): Promise<void>;
}

/** `widthPx` and `heightPx` are those of the scene's pictures; `light` is that in which it stands. */
export function createVisitorStills(
  scene: VisitorScene,
  canonicalFace: CanonicalFace,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  light: LightEstimate,
): VisitorStills {
  const events = new Emitter<TrackerEvents>();
  const intrinsics = visitorIntrinsics(widthPx, heightPx);
  const points = headPointsOf(canonicalFace.verticesMm);
  const faceMm = visitorFaceMm(canonicalFace.verticesMm);
  let next: TrackedFrame | null = null;
  let frameId = 0;
  const nothing = (): void => undefined;

  const anchorsOf = ({ cameraFromHead, hand }: GalleryView): AnchorFrame => {
    const face: FaceAnchors = {
      identity: 1,
      confidence: 1,
      cameraFromAnchor: faceAnchorPoses(cameraFromHead, points),
      headMeshMm: faceMm,
      scale: sure,
      pupillaryDistance: null,
      faceWidth: null,
    };
    return {
      frameId,
      capturedAtMs: frameId * betweenStillsMs,
      faces: [face],
      hands: hand === null ? [] : [handTruth(handForm(hand), hand)],
      body: stillBody(cameraFromHead),
      light,
    };
  };

  return {
    events,
    warmUp: () => Promise.resolve(),
    start: () => Promise.resolve(),
    stop: nothing,
    setNeeds: nothing,
    allowPeople: nothing,
    choosePerson: nothing,
    seekCard: nothing,
    stand: async (view) => {
      scene.holdHand(view.hand);
      const image = await createImageBitmap(scene.draw(view.cameraFromHead, intrinsics));
      next?.image?.close();
      frameId += 1;
      next = { image, intrinsics, anchors: anchorsOf(view) };
    },
    takeFrame: () => {
      const frame = next;
      next = null;
      return frame;
    },
    metrics: () => cameraLessMetrics(frameId),
    dispose: () => {
      next?.image?.close();
      next = null;
      events.clear();
    },
  };
}
