import { OcclusionMask } from './occlusion-mask.ts';
import type { AnchorFrame, MetricScale } from '../../../sdk/anchors/anchor-frame.ts';
import { Emitter } from '../../../sdk/core/emitter.ts';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { readCanonicalFace } from '../../../sdk/geometry/canonical-face-reader.ts';
import { faceLandmarkerSlips } from '../../../sdk/geometry/face-landmarker-slips.ts';
import type { Pose, Quaternion, Vec3 } from '../../../sdk/geometry/pose.ts';
import { HandGraph } from '../../../sdk/tracking/hand-graph.ts';
import { BodyGraph } from '../../../sdk/tracking/body-graph.ts';
import { FaceGraph } from '../../../sdk/tracking/face-graph.ts';
import { loadGraphCode } from '../../../sdk/tracking/graph-code.ts';
import type { LandmarkFrame, SeenCard } from '../../../sdk/tracking/landmark-frame.ts';
import { nothingSeen } from '../../../sdk/tracking/landmark-frame.ts';
import { LightSampler } from '../../../sdk/tracking/light-sampler.ts';
import type { FaceLandmarks } from '../../../sdk/geometry/face-landmarks.ts';
import { foreheadOutlines } from '../../../sdk/tracking/card-outlines.ts';
import { CardSampler } from '../../../sdk/tracking/card-sampler.ts';
import { FrameSolver } from '../../../sdk/tracking/frame-solver.ts';
import { PosePipeline } from '../../../sdk/tracking/pose-pipeline.ts';
import type { TrackerEvents } from '../../../sdk/tracking/tracker.ts';
import { loadModel } from '../../../scenes/models/load-model.ts';
import type { CardHold } from '../../../scenes/visitor/card-hold.ts';
import type { VisitorLookName } from '../../../scenes/visitor/skin-tones.ts';
import { visitorLooks } from '../../../scenes/visitor/skin-tones.ts';
import { visitorIntrinsics } from '../../../scenes/visitor/visitor-camera.ts';
import type { HandHold } from '../../../scenes/visitor/hand-form.ts';
import type { VisitorLight } from '../../../scenes/visitor/visitor-light.ts';
import { usualNeckMm } from '../../../scenes/visitor/visitor-head.ts';
import { boutiqueLight } from '../../../scenes/visitor/visitor-light.ts';
import { VisitorScene } from '../../../scenes/visitor/visitor-scene.ts';

/** One picture of a film: where the head is, and how the body is turned if not with it. */
export interface VisitorPicture {
  readonly pose: Pose;
  readonly bodyRotation?: Quaternion;
  /** A card against the forehead; none unless told. */
  readonly card?: CardHold;
  /** A hand held up; none unless told. */
  readonly hand?: HandHold;
}

/** One visitor who is filmed for a moment. */
export interface VisitorFilm {
  readonly look: VisitorLookName;
  /** 1 is a head of canonical size. */
  readonly size: number;
  readonly irisMm: number;
  readonly light: VisitorLight | null;
  /** Also look for the body. */
  readonly withBody: boolean;
  /** Where the head turns on its neck, in the head frame; where the visitor's usually does unless told. */
  readonly neckMm?: Vec3;
  readonly pictures: readonly VisitorPicture[];
}

/** What our pipeline said at a film's end, and on how many pictures a face was found. */
export interface VisitorOutcome {
  readonly facesFound: number;
  readonly bodiesFound: number;
  readonly cardsFound: number;
  /** The side that the network names for each hand it finds on each picture. */
  readonly handSides: readonly string[];
  readonly head: Pose | null;
  readonly torso: Pose | null;
  readonly neckMm: readonly number[] | null;
  readonly scale: MetricScale | null;
  readonly pupillaryMm: { readonly valueMm: number; readonly plusMinusMm: number } | null;
  readonly tint: readonly number[];
  readonly harmonics: readonly number[] | null;
}

/** Shares of the product's pixels: intersection over union with the truth. */
export interface OcclusionOutcome {
  readonly ours: number;
  readonly reference: number;
  readonly widthPx: number;
}

/** What the benches ask of their page. */
export interface VisitorPage {
  prepare(): Promise<void>;
  film(film: VisitorFilm): VisitorOutcome;
  /** Of each of these pieces, its visible part on the film's last picture, by our occluders and without any; the face tracked, the hand and the body as they are. */
  occlude(
    film: VisitorFilm,
    pieces: readonly string[],
    wornOn: 'head' | 'body',
  ): Promise<readonly OcclusionOutcome[]>;
  /** The last picture as a PNG, for a person to look at. */
  picture(): string;
}

const widthPx = 1280;
const heightPx = 720;
const framePeriodMs = 50;
/** So long after a film everybody is forgotten. */
const pauseMs = 5_000;
const intrinsics = visitorIntrinsics(widthPx, heightPx);

interface Prepared {
  readonly scene: VisitorScene;
  readonly face: CanonicalFace;
  readonly faces: FaceGraph;
  readonly bodies: BodyGraph;
  readonly hands: HandGraph;
  readonly masks: OcclusionMask;
}

let prepared: Prepared | null = null;
let timeMs = 1_000;
let frameId = 0;
const light = new LightSampler();
const picture = new OffscreenCanvas(widthPx, heightPx);

async function bytesOf(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

function ready(): Prepared {
  if (prepared === null) throw new Error('prepare first');
  return prepared;
}

function paint(canvas: HTMLCanvasElement | null): void {
  const context = picture.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.fillRect(0, 0, widthPx, heightPx);
  if (canvas !== null) context.drawImage(canvas, 0, 0);
}

interface Filmed {
  readonly last: AnchorFrame | null;
  readonly facesFound: number;
  readonly bodiesFound: number;
  readonly cardsFound: number;
  /** The side that the network names for each hand it finds on each picture. */
  readonly handSides: readonly string[];
}

function play(film: VisitorFilm): Filmed {
  const { scene, face, faces, bodies, hands } = ready();
  const solver = new FrameSolver(face, faceLandmarkerSlips());
  const pipeline = new PosePipeline(face, new Emitter<TrackerEvents>());
  const cards = film.pictures.some(({ card }) => card !== undefined) ? new CardSampler() : null;
  timeMs += pauseMs;
  scene.head.holdCard(null);
  paint(null);
  faces.detect(picture, timeMs);
  if (film.withBody) bodies.detect(picture, { widthPx, heightPx }, timeMs);
  scene.wear(visitorLooks[film.look]);
  scene.head.setIris(film.irisMm / film.size);
  scene.head.root.scale.setScalar(film.size);
  scene.head.neckMm = film.neckMm ?? usualNeckMm;
  scene.light(film.light ?? boutiqueLight);
  let [last, facesFound, bodiesFound, cardsFound]: [AnchorFrame | null, number, number, number] = [
    null,
    0,
    0,
    0,
  ];
  const handSides: string[] = [];
  let isSought = false;
  for (const { pose, bodyRotation, card, hand } of film.pictures) {
    scene.holdHand(hand ?? null);
    scene.head.holdCard(card ?? null);
    // Asked for when the client is ready, as on the kiosk.
    if (card !== undefined && !isSought) pipeline.seekCard('forehead');
    isSought ||= card !== undefined;
    timeMs += framePeriodMs;
    frameId += 1;
    paint(scene.draw(pose, intrinsics, bodyRotation));
    const landmarks = faces.detect(picture, timeMs);
    const body = film.withBody ? bodies.detect(picture, { widthPx, heightPx }, timeMs) : null;
    const seenHands = hand === undefined ? [] : hands.detect(picture, { widthPx, heightPx }, timeMs);
    const frame: LandmarkFrame = {
      ...nothingSeen,
      frameId,
      capturedAtMs: timeMs,
      faces: landmarks === null ? [] : [{ trackId: 1, landmarks }],
      body,
      hands: seenHands,
      card: landmarks === null || !isSought ? null : cardAt(cards, landmarks),
      shading: landmarks === null ? null : light.sample(picture, { widthPx, heightPx }, landmarks),
    };
    facesFound += landmarks === null ? 0 : 1;
    bodiesFound += body === null ? 0 : 1;
    handSides.push(...seenHands.map(({ side }) => side));
    cardsFound += frame.card === null ? 0 : 1;
    last = pipeline.process(solver.solve(frame, intrinsics), intrinsics);
  }
  return { last, facesFound, bodiesFound, cardsFound, handSides };
}

function cardAt(cards: CardSampler | null, landmarks: FaceLandmarks): SeenCard | null {
  const size = { widthPx, heightPx };
  const corners = cards?.sample(picture, size, 1, foreheadOutlines(landmarks, size)) ?? null;
  return corners && { place: 'forehead', trackId: 1, corners };
}

const page: VisitorPage = {
  prepare: async () => {
    const wasmBaseUrl = new URL('/wasm', location.href).href;
    const [code, faceModel, bodyModel, handModel, visitor] = await Promise.all([
      loadGraphCode(wasmBaseUrl),
      bytesOf('/face_landmarker.task'),
      bytesOf('/pose_landmarker.task'),
      bytesOf('/hand_landmarker.task'),
      bytesOf('/visitor.glb'),
    ]);
    const face = readCanonicalFace(faceModel);
    const model = await loadModel(visitor);
    const faces = await FaceGraph.create(code, faceModel, 'CPU');
    const bodies = await BodyGraph.create(code, bodyModel, 'CPU');
    const hands = await HandGraph.create(code, handModel, 'CPU');
    const scene = new VisitorScene(model.prototype, visitorLooks.light, widthPx, heightPx);
    const masks = new OcclusionMask(model.prototype, face, intrinsics);
    prepared = { scene, face, faces, bodies, hands, masks };
  },
  film: (film) => {
    const { last, facesFound, bodiesFound, cardsFound, handSides } = play(film);
    const face = last?.faces[0] ?? null;
    const body = last?.body ?? null;
    return {
      facesFound,
      bodiesFound,
      cardsFound,
      handSides,
      head: face?.cameraFromAnchor.head ?? null,
      torso: body?.cameraFromAnchor.torso ?? null,
      neckMm: body === null ? null : [...body.cameraFromAnchor.neckBase.translationMm],
      pupillaryMm: face?.pupillaryDistance ?? null,
      scale: face?.scale ?? null,
      tint: last?.light.tint ?? [],
      harmonics: last?.light.harmonics ? Array.from(last.light.harmonics) : null,
    };
  },
  occlude: async (film, pieces, wornOn) => {
    const { last } = play(film);
    const picture = film.pictures.at(-1);
    if (picture === undefined) return [];
    const { masks } = ready();
    return masks.compare(pieces, {
      face: last?.faces[0] ?? null,
      truePose: picture.pose,
      hand: picture.hand ?? null,
      onHead: wornOn === 'head',
    });
  },
  picture: () => {
    const canvas = document.createElement('canvas');
    canvas.width = widthPx;
    canvas.height = heightPx;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    return canvas.toDataURL('image/png');
  },
};

declare global {
  interface Window {
    visitor: VisitorPage;
  }
}
window.visitor = page;
