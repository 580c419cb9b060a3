/** What browser tests of the scenes call inside the page; loaded there by the test's page server, never by Node. */
import { StrictMode, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { MirrorView } from '../../scenes/entry-react.tsx';
import { mountMirror, type MirrorMount, type StagePiece } from '../../scenes/index.ts';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import { Emitter } from '../../sdk/core/emitter.ts';
import { intrinsicsFromVerticalFov, projectPoint } from '../../sdk/geometry/intrinsics.ts';
import { quaternionFromYawPitchRoll, transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { neutralEstimate } from '../../sdk/tracking/light-meter.ts';
import { noRecoveries } from '../../sdk/tracking/recoveries.ts';
import type { TrackedFrame, Tracker, TrackerEvents } from '../../sdk/tracking/tracker.ts';

/** What must be there in this page, or the test is at fault. */
function need<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('The test page lacks something.');
  return value;
}

const intrinsics = intrinsicsFromVerticalFov(320, 240, 0.7);
const viewPx = 240;

/** Counts of camera pictures, to prove that each is closed. */
const pictures = { made: 0, closed: 0 };
// The proxy hands `this` on.
// oxlint-disable-next-line typescript/unbound-method
ImageBitmap.prototype.close = new Proxy(ImageBitmap.prototype.close, {
  apply: (close, bitmap) => {
    pictures.closed += 1;
    Reflect.apply(close, bitmap, []);
  },
});

/** A face as half an ellipsoid, 140 × 180 mm, in rows of vertices. */
function paperFace(): { mesh: Float32Array; triangles: number[] } {
  const rows = 13;
  const mesh: number[] = [];
  const triangles: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < rows; column += 1) {
      const yaw = (column / (rows - 1) - 0.5) * Math.PI;
      const pitch = (row / (rows - 1) - 0.5) * Math.PI;
      mesh.push(
        70 * Math.sin(yaw) * Math.cos(pitch),
        90 * Math.sin(pitch),
        58 * Math.cos(yaw) * Math.cos(pitch),
      );
      const at = row * rows + column;
      if (row + 1 < rows && column + 1 < rows)
        triangles.push(at, at + 1, at + rows, at + 1, at + rows + 1, at + rows);
    }
  }
  return { mesh: new Float32Array(mesh), triangles };
}

const face = paperFace();
const bridgeInHead: Vec3 = [0, 20, 58];

interface Scene {
  readonly yawDeg: number;
  readonly pitchDeg?: number;
  /** 480 unless told. */
  readonly distanceMm?: number;
  /** Green left, blue right half, when there is a camera. */
  readonly camera: boolean;
  readonly faceThere: boolean;
  /** A second person stands beside the first, who stands on the left of the camera's picture; and whom the mirror serves. */
  readonly couple?: { readonly served: 0 | 1 };
}
let scene: Scene = { yawDeg: 0, camera: true, faceThere: true };

/** How far two who stand side by side are from the middle (mm). */
const besideMm = 95;

function headPose(): Pose {
  return {
    rotation: quaternionFromYawPitchRoll(
      (scene.yawDeg * Math.PI) / 180,
      ((scene.pitchDeg ?? 0) * Math.PI) / 180,
      0,
    ),
    translationMm: scene.couple ? [-besideMm, 0, -620] : [0, 0, -(scene.distanceMm ?? 480)],
  };
}

function paint(): ImageBitmap {
  const canvas = new OffscreenCanvas(intrinsics.widthPx, intrinsics.heightPx);
  const context = need(canvas.getContext('2d'));
  context.fillStyle = 'rgb(20, 140, 60)';
  context.fillRect(0, 0, canvas.width / 2, canvas.height);
  context.fillStyle = 'rgb(30, 60, 190)';
  context.fillRect(canvas.width / 2, 0, canvas.width / 2, canvas.height);
  pictures.made += 1;
  return canvas.transferToImageBitmap();
}

function faceAt(identity: number, cameraFromHead: Pose): FaceAnchors {
  const at = (point: Vec3): Pose => ({
    rotation: cameraFromHead.rotation,
    translationMm: transformPoint(cameraFromHead, point),
  });
  return {
    identity,
    confidence: 1,
    cameraFromAnchor: {
      head: cameraFromHead,
      noseBridge: at(bridgeInHead),
      leftEar: at([70, 20, -44]),
      rightEar: at([-70, 20, -44]),
      leftEarlobe: at([70, -20, -40]),
      rightEarlobe: at([-70, -20, -40]),
    },
    headMeshMm: face.mesh,
    scale: { scale: 1, plusMinus: 0.05, source: 'assumed', samples: 0 },
    pupillaryDistance: null,
    faceWidth: null,
  };
}

let frameId = 0;
let stalled = false;
function trackedFrame(): TrackedFrame {
  const client = faceAt(1, headPose());
  const { rotation, translationMm } = headPose();
  const companion = faceAt(2, { rotation, translationMm: [besideMm, 0, translationMm[2]] });
  const couple = scene.couple?.served === 1 ? [companion, client] : [client, companion];
  frameId += 1;
  return {
    image: scene.camera ? paint() : null,
    intrinsics,
    anchors: {
      frameId,
      capturedAtMs: performance.now(),
      light: neutralEstimate,
      hands: [],
      body: null,
      faces: scene.faceThere ? (scene.couple ? couple : [client]) : [],
    },
  };
}

const tracker: Tracker = {
  events: new Emitter<TrackerEvents>(),
  warmUp: () => Promise.resolve(),
  start: () => Promise.resolve(),
  stop: () => undefined,
  setNeeds: () => undefined,
  allowPeople: () => undefined,
  choosePerson: () => undefined,
  seekCard: () => undefined,
  takeFrame: () => (stalled ? null : trackedFrame()),
  metrics: () => ({
    framesOffered: frameId,
    framesInferred: frameId,
    framesReplaced: 0,
    restarts: 0,
    recoveries: noRecoveries(),
    inferencePeriodMs: 0,
    wasmBytes: 0,
    medianInferenceMs: 0,
    hair: { state: 'off', looks: 0, medianMs: 0 },
    delegate: null,
  }),
  dispose: () => undefined,
};

let mount: MirrorMount | null = null;
const contextEvents: string[] = [];

function mirror(): MirrorMount {
  if (mount === null) throw new Error('No mirror is mounted.');
  return mount;
}

function container(): HTMLElement {
  document.body.innerHTML = `<div id="mirror" style="width:${viewPx}px;height:${viewPx}px"></div>`;
  return need(document.querySelector<HTMLElement>('#mirror'));
}

function stageCanvas(): HTMLCanvasElement {
  return need(document.querySelector('canvas'));
}

/** Waits until the stage has shown so many more frames; a worn piece has faded in after twenty at any speed. */
async function frames(count: number): Promise<void> {
  const { framesShown } = mirror().metrics();
  while (mirror().metrics().framesShown < framesShown + count) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

async function fadedIn(): Promise<void> {
  const until = performance.now() + 400;
  while (performance.now() < until) await frames(2);
}

/** Where a point of the head, in millimetres, must appear in the view, as the client sees it: mirrored. */
function seenAt(pointInHead: Vec3): [x: number, y: number] {
  const [uPx, vPx] = projectPoint(intrinsics, transformPoint(headPose(), pointInHead));
  const cropPx = (intrinsics.widthPx - intrinsics.heightPx) / 2;
  const x = ((uPx - cropPx) / intrinsics.heightPx) * viewPx;
  return [viewPx - x, (vPx / intrinsics.heightPx) * viewPx];
}

async function pixels(): Promise<ImageData> {
  const bitmap = await createImageBitmap(await mirror().capturePng());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = need(canvas.getContext('2d'));
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function coloursAt(points: readonly (readonly [number, number])[]): Promise<number[][]> {
  const { data, width } = await pixels();
  return points.map(([x, y]) => {
    const at = (Math.round(y) * width + Math.round(x)) * 4;
    return [...data.subarray(at, at + 3)];
  });
}

const driver = {
  viewPx,
  async mount(next: Scene, piece: { url: string; variant: string | null } | null): Promise<void> {
    scene = next;
    mount?.stop();
    mount = mountMirror(container(), { tracker, faceTriangles: face.triangles, quality: 'full' });
    for (const name of ['context-lost', 'context-restored'] as const) {
      mount.events.on(name, () => contextEvents.push(name));
    }
    await mount.ready;
    if (piece) await mount.setPiece(piece);
    await fadedIn();
  },
  setScene(next: Scene): void {
    scene = next;
  },
  /** How often the stage draws while so many displayed frames pass without a camera picture. */
  async drawnWhileStalled(displayedFrames: number): Promise<number> {
    stalled = true;
    const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    await nextFrame();
    await nextFrame();
    const before = mirror().metrics().framesDrawn;
    for (let i = 0; i < displayedFrames; i += 1) await nextFrame();
    const drawn = mirror().metrics().framesDrawn - before;
    stalled = false;
    return drawn;
  },
  fadedIn,
  frames,
  async wear(url: string | null, variant: string | null, farUrl?: string): Promise<string> {
    try {
      const far = farUrl === undefined ? {} : { farUrl };
      await mirror().setPiece(url === null ? null : { url, variant, ...far });
      return 'worn';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  },
  coloursAt,
  seenAt,
  /** The colours at points of the head. */
  coloursOnHead: (points: readonly Vec3[]) => coloursAt(points.map(seenAt)),
  bridge: (x: number, y: number, z: number): Vec3 => [
    bridgeInHead[0] + x,
    bridgeInHead[1] + y,
    bridgeInHead[2] + z,
  ],
  /** Dresses two who stand side by side; tells whom the mirror said that it serves, and the colours on the bridges of both noses. */
  async dress(
    pieces: readonly StagePiece[],
    servedNow: 0 | 1,
  ): Promise<{ served: number[]; colours: number[][] }> {
    scene = { yawDeg: 0, camera: true, faceThere: true, couple: { served: servedNow } };
    const served: number[] = [];
    const unsubscribe = mirror().events.on('person-served', ({ person }) => served.push(person));
    mirror().setPeople(2);
    await mirror().setPieces(pieces);
    await fadedIn();
    unsubscribe();
    const [x, y, z] = bridgeInHead;
    return {
      served,
      colours: await coloursAt([seenAt([x, y, z + 5]), seenAt([x + 2 * besideMm, y, z + 5])]),
    };
  },
  metrics: () => mirror().metrics(),
  mounts: () => (mount === null ? 0 : 1),
  pictures: () => ({ ...pictures }),
  contextEvents: () => [...contextEvents],
  transform: () => stageCanvas().style.transform,
  /** Waits until so many uses of models are held: both levels of a piece are two. */
  async leased(count: number): Promise<void> {
    while (mirror().metrics().modelLeases !== count) await frames(1);
    await frames(2);
  },
  /** Tells what is likely next, and waits until so many models have been loaded. */
  async loadedAhead(urls: readonly string[], count: number): Promise<void> {
    mirror().setLikely(urls.map((url) => ({ url, variant: null })));
    while (mirror().metrics().modelsLoaded < count) await frames(1);
  },
  /** Loses the WebGL context as a driver reset would, and gives it back. */
  async loseContext(): Promise<void> {
    const extension = need(need(stageCanvas().getContext('webgl2')).getExtension('WEBGL_lose_context'));
    const heard = (name: string): Promise<void> =>
      new Promise((resolve) => mirror().events.on(name as 'context-lost', () => resolve()));
    const lost = heard('context-lost');
    extension.loseContext();
    await lost;
    // A context cannot be restored from within the event that tells its loss.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const restored = heard('context-restored');
    extension.restoreContext();
    await restored;
    await fadedIn();
  },
  async rgb(): Promise<number[]> {
    return [...(await pixels()).data];
  },
  stop(): number {
    mirror().stop();
    mount = null;
    return need(document.querySelector('#mirror')).childElementCount;
  },
  /** Mounts the React component as StrictMode does, twice, and looks at it after the first canvas is long gone. */
  async mountStrictly(url: string): Promise<{ canvases: number; lost: boolean; shown: number }> {
    scene = { yawDeg: 0, camera: true, faceThere: true };
    const root = createRoot(container());
    root.render(
      createElement(
        StrictMode,
        null,
        createElement(MirrorView, {
          tracker,
          piece: { url, variant: 'signal' },
          faceTriangles: face.triangles,
          onMount: (next) => {
            mount = next;
          },
        }),
      ),
    );
    while (driver.mounts() === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    await mirror().ready;
    const until = performance.now() + 1_200;
    while (performance.now() < until) await new Promise((resolve) => requestAnimationFrame(resolve));
    const canvases = document.querySelectorAll<HTMLCanvasElement>('canvas');
    const before = mirror().metrics().framesShown;
    await frames(3);
    return {
      canvases: canvases.length,
      lost: need(stageCanvas().getContext('webgl2')).isContextLost(),
      shown: mirror().metrics().framesShown - before,
    };
  },
};

/** The driver as the test's page sees it. */
export type ScenesDriver = typeof driver;
(globalThis as unknown as { scenes: ScenesDriver }).scenes = driver;
