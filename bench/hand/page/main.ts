import { FilesetResolver, HandLandmarker } from '@mediapipe/tasks-vision';
import { intrinsicsFromVerticalFov } from '../../../sdk/geometry/intrinsics.ts';
import type { HandOutline } from '../../../sdk/geometry/finger-outline.ts';
import type { WristOutline } from '../../../sdk/geometry/wrist-outline.ts';
import type { Quad } from '../../../sdk/geometry/homography.ts';
import { cardPixelsPerMm } from '../../../sdk/geometry/card.ts';
import { palmOutlines } from '../../../sdk/tracking/card-outlines.ts';
import { CardSampler } from '../../../sdk/tracking/card-sampler.ts';
import { HandSampler } from '../../../sdk/tracking/hand-sampler.ts';
import { sideOfLabel } from '../../../sdk/tracking/handedness.ts';
import type { HandSample } from '../sampling.ts';
import { HandScene } from './hand-scene.ts';

const widthPx = 1280;
const heightPx = 720;
const framePeriodMs = 33;
const settlingFrames = 4;

/** What the network, and the edges on the picture, say of one rendered hand. */
export interface SeenHand {
  readonly side: 'left' | 'right';
  readonly sideScore: number;
  readonly landmarks: readonly number[];
  readonly worldMm: readonly number[];
  readonly outline: HandOutline;
  readonly wristOutline: WristOutline | null;
  /** The corners of a card in the palm, as in a `LandmarkFrame`. */
  readonly card: Quad | null;
}

/** What the bench asks of its page. */
export interface HandPage {
  prepare(modelUrl: string): Promise<void>;
  /** Null where the network found no hand. */
  see(samples: readonly HandSample[]): (SeenHand | null)[];
  /** A PNG of one picture, for a person to look at. */
  picture(sample: HandSample): string;
}

interface Prepared {
  readonly landmarker: HandLandmarker;
  readonly scene: HandScene;
  readonly sampler: HandSampler;
}

let prepared: Prepared | null = null;
let timeMs = 0;

async function prepare(modelUrl: string): Promise<void> {
  const model = new Uint8Array(await (await fetch(modelUrl)).arrayBuffer());
  const files = await FilesetResolver.forVisionTasks('/wasm');
  const landmarker = await HandLandmarker.createFromOptions(files, {
    baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
    runningMode: 'VIDEO',
    numHands: 1,
  });
  prepared = { landmarker, scene: new HandScene(widthPx, heightPx), sampler: new HandSampler() };
}

function ready(): Prepared {
  if (prepared === null) throw new Error('prepare first');
  return prepared;
}

function draw(sample: HandSample): HTMLCanvasElement {
  return ready().scene.draw(sample, intrinsicsFromVerticalFov(widthPx, heightPx, sample.verticalFovRad));
}

/** An empty frame first, so that the network forgets the last picture, then the same frame until its crop has settled. */
function seeOne(sample: HandSample): SeenHand | null {
  const { landmarker, sampler } = ready();
  const canvas = draw(sample);
  const picture = document.createElement('canvas');
  picture.width = widthPx;
  picture.height = heightPx;
  const context = picture.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  let result: ReturnType<HandLandmarker['detectForVideo']> | null = null;
  for (let frame = 0; frame <= settlingFrames; frame += 1) {
    timeMs += framePeriodMs;
    // A lens is never as sharp as a drawing.
    context.filter = 'blur(0.7px)';
    if (frame === 1) context.drawImage(canvas, 0, 0);
    result = landmarker.detectForVideo(picture, timeMs);
  }
  const [points, world, label] = [
    result?.landmarks[0],
    result?.worldLandmarks[0],
    result?.handedness[0]?.[0],
  ];
  if (points === undefined || world === undefined || label === undefined) return null;
  const landmarks = points.flatMap(({ x, y, z }) => [x, y, z]);
  const worldMm = world.flatMap(({ x, y, z }) => [x * 1_000, y * 1_000, z * 1_000]);
  const size = { widthPx, heightPx };
  const hand = { landmarks: Float32Array.from(landmarks), worldMm: Float32Array.from(worldMm) };
  const card = new CardSampler().sample(picture, size, 1, palmOutlines(landmarks, size));
  return {
    side: sideOfLabel(label.categoryName) ?? 'left',
    sideScore: label.score,
    landmarks,
    worldMm,
    card,
    outline: sampler.sampleFingers(picture, size, hand, card === null ? null : cardPixelsPerMm(card)),
    wristOutline: sampler.sampleWrist(picture, size, hand),
  };
}

const page: HandPage = {
  prepare,
  see: (samples) => samples.map(seeOne),
  picture: (sample) => draw(sample).toDataURL('image/png'),
};

declare global {
  interface Window {
    handBench: HandPage;
  }
}
window.handBench = page;
