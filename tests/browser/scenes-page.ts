/** What browser tests of the scenes call inside the page; loaded there by the test's page server, never by Node. */
import { StrictMode, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { MirrorView } from '../../scenes/entry-react.tsx';
import { mountMirror, type MirrorMount, type StagePiece } from '../../scenes/index.ts';
import { projectPoint } from '../../sdk/geometry/intrinsics.ts';
import { transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import type { Vec3 } from '../../sdk/geometry/pose.ts';
import {
  before,
  besideMm,
  bridgeInHead,
  face,
  headPose,
  intrinsics,
  need,
  pictures,
  standIn,
  tracker,
  type Scene,
} from './scenes-people.ts';
import { studioDeviation } from './scenes-studio.ts';

const viewPx = 240;
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
    before.scene = next;
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
    before.scene = next;
  },
  /** How often the stage draws while so many displayed frames pass without a camera picture. */
  async drawnWhileStalled(displayedFrames: number): Promise<number> {
    before.stalled = true;
    const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    await nextFrame();
    await nextFrame();
    const drawnBefore = mirror().metrics().framesDrawn;
    for (let i = 0; i < displayedFrames; i += 1) await nextFrame();
    const drawn = mirror().metrics().framesDrawn - drawnBefore;
    before.stalled = false;
    return drawn;
  },
  /** A camera that is open but has no picture yet, a stand-in before it; then its first picture comes. */
  async openSlowly(piece: { url: string; variant: string | null }): Promise<{
    readonly waiting: { readonly onBridge: number[]; readonly mirrored: boolean; readonly placed: boolean };
    readonly open: { readonly onBridge: number[]; readonly mirrored: boolean; readonly crossing: number };
    readonly canvasesAfter: number;
  }> {
    before.scene = { yawDeg: 0, camera: true, faceThere: true };
    before.stalled = true;
    mount?.stop();
    mount = mountMirror(container(), { faceTriangles: face.triangles, quality: 'full' });
    let mirrored = false;
    let placed = false;
    mount.events.on('mirrored', (told) => (mirrored = told.mirrored));
    mount.events.on('piece-placed', (told) => (placed = told.placed));
    await mount.ready;
    mount.setTracker(tracker, standIn);
    // The piece comes after the camera was opened: it is worn all the same.
    await mount.setPiece(piece);
    await fadedIn();
    const [x, y, z] = bridgeInHead;
    const onBridge = async (): Promise<number[]> => (await coloursAt([seenAt([x, y, z + 8])])).flat();
    const waiting = { onBridge: await onBridge(), mirrored, placed };
    before.stalled = false;
    await frames(1);
    const crossing = document.querySelectorAll('canvas').length - 1;
    await fadedIn();
    const open = { onBridge: await onBridge(), mirrored, crossing };
    const until = performance.now() + 600;
    while (performance.now() < until) await frames(1);
    return { waiting, open, canvasesAfter: document.querySelectorAll('canvas').length };
  },
  studioDeviation,
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
    before.scene = { yawDeg: 0, camera: true, faceThere: true, couple: { served: servedNow } };
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
  async mountStrictly(
    url: string,
    farUrl: string,
  ): Promise<{ canvases: number; lost: boolean; shown: number }> {
    before.scene = { yawDeg: 0, camera: true, faceThere: true };
    const root = createRoot(container());
    root.render(
      createElement(
        StrictMode,
        null,
        createElement(MirrorView, {
          tracker,
          piece: { url, farUrl, variant: 'signal' },
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
    const shownBefore = mirror().metrics().framesShown;
    await frames(3);
    return {
      canvases: canvases.length,
      lost: need(stageCanvas().getContext('webgl2')).isContextLost(),
      shown: mirror().metrics().framesShown - shownBefore,
    };
  },
};

/** The driver as the test's page sees it. */
export type ScenesDriver = typeof driver;
(globalThis as unknown as { scenes: ScenesDriver }).scenes = driver;
