import type { FaceLandmarkerResult, NormalizedLandmark } from '@mediapipe/tasks-vision';
import { FaceLandmarker, FilesetResolver } from '@mediapipe/tasks-vision';
import { readCanonicalFace } from '../../../sdk/geometry/canonical-face-reader.ts';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import type { FaceLandmarks } from '../../../sdk/geometry/face-landmarks.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { scaleVector } from '../../../sdk/geometry/pose-algebra.ts';
import { deformHead } from '../head-shape.ts';
import type { RegistrationFilm } from '../sampling.ts';
import { filmFrames, framePeriodMs, placeAt, poseOf } from '../sampling.ts';
import type { PhotographedFace } from './head-scene.ts';
import { HeadScene } from './head-scene.ts';

const widthPx = 1280;
const heightPx = 720;
const settlingFrames = 5;
/** A face this near is found on the full picture; from there it steps back while the network follows. */
const metAtMm = 350;
const meetingFrames = 2;
const stepBack = 1.2;
/** Steps far apart in time: the network's own smoothing would otherwise still see the head where it was a step ago. */
const meetingPeriodMs = 1_000;

/** What the network said of one picture; null when it had no face. */
export interface SeenFace {
  /** 478 × (x, y, z). */
  readonly landmarks: readonly number[];
  /** The network's own pose, column by column, centimetres. */
  readonly matrix: readonly number[];
}

/** What the network said of each picture of a film. */
export type SeenFilm = readonly (SeenFace | null)[];

/** Where to load from; a photographed face is a picture, or a film and a moment of it. */
export interface PageSources {
  readonly modelUrl: string;
  readonly faces: readonly { readonly url: string; readonly atSeconds: number | null }[];
}

/** What the bench asks of its page. */
export interface RegistrationPage {
  prepare(sources: PageSources): Promise<void>;
  watch(films: readonly RegistrationFilm[]): SeenFilm[];
  /** A PNG of one picture of a film, for a person to look at. */
  picture(film: RegistrationFilm, frame: number): string;
}

/** What the page works with once it is prepared. */
export interface Prepared {
  readonly landmarker: FaceLandmarker;
  readonly face: CanonicalFace;
  readonly scene: HeadScene;
}

let prepared: Prepared | null = null;
let timeMs = 0;

/** The network's points as the kit's landmarks. */
export function flatLandmarks(points: readonly NormalizedLandmark[]): FaceLandmarks {
  const flat = new Float32Array(points.length * 3);
  points.forEach(({ x, y, z }, index) => flat.set([x, y, z], index * 3));
  return flat;
}

function newCanvas(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  return [canvas, context];
}

/** Shows the network the next picture of its film, `afterMs` after the last one. */
export function look(
  landmarker: FaceLandmarker,
  picture: ImageData,
  afterMs = framePeriodMs,
): FaceLandmarkerResult {
  timeMs += afterMs;
  return landmarker.detectForVideo(picture, timeMs);
}

/** Shows the network an empty picture, so that it forgets the last face. */
function forget(landmarker: FaceLandmarker): void {
  look(landmarker, new ImageData(64, 36));
}

async function photograph(
  landmarker: FaceLandmarker,
  url: string,
  atSeconds: number | null,
): Promise<PhotographedFace> {
  const source = atSeconds === null ? await pictureOf(url) : await momentOf(url, atSeconds);
  // The texture is enlarged so that a drawn face's edges are as smooth as a camera's.
  const enlarge = source.heightPx < 600 ? 3 : 2;
  const [photo, context] = newCanvas(source.widthPx * enlarge, source.heightPx * enlarge);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source.image, 0, 0, photo.width, photo.height);
  forget(landmarker);
  const pixels = context.getImageData(0, 0, photo.width, photo.height);
  for (let frame = 0; frame < settlingFrames; frame += 1) look(landmarker, pixels);
  const found = look(landmarker, pixels).faceLandmarks[0];
  if (found === undefined) throw new Error(`no face on ${url}`);
  return { photo, landmarks: flatLandmarks(found) };
}

interface SourcePicture {
  readonly image: CanvasImageSource;
  readonly widthPx: number;
  readonly heightPx: number;
}

async function pictureOf(url: string): Promise<SourcePicture> {
  const image = await createImageBitmap(await (await fetch(url)).blob());
  return { image, widthPx: image.width, heightPx: image.height };
}

async function momentOf(url: string, atSeconds: number): Promise<SourcePicture> {
  const video = document.createElement('video');
  video.muted = true;
  const happens = (name: string): Promise<void> =>
    new Promise((resolve, reject) => {
      video.addEventListener(name, () => resolve(), { once: true });
      video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
    });
  const loaded = happens('loadeddata');
  // A film from memory can be sought in whatever the server answers to ranges.
  video.src = URL.createObjectURL(await (await fetch(url)).blob());
  await loaded;
  const sought = happens('seeked');
  video.currentTime = atSeconds;
  await sought;
  return { image: video, widthPx: video.videoWidth, heightPx: video.videoHeight };
}

async function prepare({ modelUrl, faces }: PageSources): Promise<void> {
  const model = new Uint8Array(await (await fetch(modelUrl)).arrayBuffer());
  const face = readCanonicalFace(model);
  const landmarker = await FaceLandmarker.createFromOptions(await FilesetResolver.forVisionTasks('/wasm'), {
    baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
    runningMode: 'VIDEO',
    numFaces: 1,
    outputFacialTransformationMatrixes: true,
  });
  const photographed: PhotographedFace[] = [];
  for (const { url, atSeconds } of faces) photographed.push(await photograph(landmarker, url, atSeconds));
  prepared = { landmarker, face, scene: new HeadScene(face, photographed, widthPx, heightPx) };
}

/**
 * A face is met near and then steps back to where its film plays, as the network finds small faces on crops only but
 * follows them once it knows them.
 */
export function meet({ landmarker, scene }: Prepared, film: RegistrationFilm, shapeMm: Float32Array): void {
  forget(landmarker);
  const at = poseOf(placeAt(film, 0));
  const depthMm = -at.translationMm[2];
  const show = (nearerMm: number): void => {
    const pose: Pose = { ...at, translationMm: scaleVector(at.translationMm, nearerMm / depthMm) };
    look(landmarker, scene.draw(film, shapeMm, pose), meetingPeriodMs);
  };
  let nearMm = Math.min(metAtMm, depthMm);
  for (let frame = 0; frame < meetingFrames; frame += 1) show(nearMm);
  while (nearMm * stepBack < depthMm) {
    nearMm *= stepBack;
    show(nearMm);
  }
}

function watch(film: RegistrationFilm): SeenFilm {
  const state = ready();
  const { landmarker, scene, face } = state;
  const shapeMm = deformHead(face.verticesMm, film.deformation);
  meet(state, film, shapeMm);
  return Array.from({ length: filmFrames }, (_, frame) => {
    const result = look(landmarker, scene.draw(film, shapeMm, poseOf(placeAt(film, frame))));
    const [points, matrix] = [result.faceLandmarks[0], result.facialTransformationMatrixes[0]];
    if (points === undefined || matrix === undefined) return null;
    return { landmarks: Array.from(flatLandmarks(points), rounded), matrix: Array.from(matrix.data) };
  });
}

/** A thousandth of a pixel: shortens what goes to the bench by half. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** What was prepared. @throws Error when nothing was. */
export function ready(): Prepared {
  if (prepared === null) throw new Error('prepare first');
  return prepared;
}

const page: RegistrationPage = {
  prepare,
  watch: (films) => films.map((film) => watch(film)),
  picture: (film, frame) => {
    const { scene, face } = ready();
    const shapeMm = deformHead(face.verticesMm, film.deformation);
    return scene.pngOf(film, shapeMm, poseOf(placeAt(film, frame)));
  },
};

declare global {
  interface Window {
    registration: RegistrationPage;
  }
}
window.registration = page;
