import { mountMirror, type MirrorMount } from '../../../scenes/index.ts';
import { systemClock } from '../../../sdk/core/clock.ts';
import type { QualityTier } from '../../../scenes/quality/quality-tier.ts';
import { createCameraTracker } from '../../../sdk/tracking/camera-tracker.ts';
import { paperFace } from '../../../tests/support/paper-face.ts';
import type { BareMirror } from './bare-mirror.ts';
import { startBareMirror } from './bare-mirror.ts';
import { installGpuMeter, type GpuHoldings } from './gpu-meter.ts';

/** What one side shows at a moment. */
export interface FrameCosts {
  readonly drawCalls: number;
  readonly triangles: number;
  readonly gpu: GpuHoldings;
}

/** What the bench asks of its page. */
export interface FrameCostPage {
  /** In this tier; the whole one unless told. */
  startOurs(modelUrl: string, quality?: QualityTier): Promise<void>;
  startBare(modelUrl: string): Promise<void>;
  /** Waits until so many more pictures of the camera were drawn. */
  draw(frames: number): Promise<number>;
  costs(): FrameCosts;
  /** Puts on one piece after the other, so many times. */
  change(modelUrls: readonly string[], times: number): Promise<FrameCosts>;
  stop(): void;
}

const holdings = installGpuMeter();
const container = document.querySelector<HTMLElement>('#mirror') ?? document.body;
let ours: { readonly mirror: MirrorMount; readonly stop: () => void } | null = null;
let bare: BareMirror | null = null;

async function startOurs(modelUrl: string, quality: QualityTier = 'full'): Promise<void> {
  const face = paperFace();
  const tracker = createCameraTracker({
    assets: { wasmBaseUrl: location.href, models: { face: { url: location.href, sha256: '' } } },
    clock: systemClock,
    createWorker: () => new Worker(new URL('./scripted-worker.ts', import.meta.url), { type: 'module' }),
  });
  await tracker.warmUp();
  await tracker.start();
  const mirror = mountMirror(container, { tracker, faceTriangles: face.triangles, quality });
  await mirror.ready;
  await mirror.setPiece({ url: modelUrl, variant: null });
  ours = {
    mirror,
    stop: () => {
      mirror.stop();
      tracker.dispose();
    },
  };
}

function framesDrawn(): number {
  return ours?.mirror.metrics().framesShown ?? bare?.framesDrawn() ?? 0;
}

async function draw(frames: number): Promise<number> {
  const before = framesDrawn();
  // Seldom: a mirror reckons all of its metrics for the answer, which is no part of a frame.
  while (framesDrawn() < before + frames) await new Promise((resolve) => setTimeout(resolve, 250));
  return framesDrawn() - before;
}

function costs(): FrameCosts {
  const shown = ours?.mirror.metrics();
  const info = bare?.renderer.info.render;
  return {
    drawCalls: shown?.drawCalls ?? info?.calls ?? 0,
    triangles: shown?.triangles ?? info?.triangles ?? 0,
    gpu: holdings(),
  };
}

const page: FrameCostPage = {
  startOurs,
  startBare: async (modelUrl) => {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
    });
    bare = await startBareMirror(container, modelUrl, stream);
  },
  draw,
  costs,
  change: async (modelUrls, times) => {
    for (let turn = 0; turn < times; turn += 1) {
      const url = modelUrls[turn % modelUrls.length] ?? '';
      await ours?.mirror.setPiece({ url, variant: null });
    }
    await draw(3);
    return costs();
  },
  stop: () => {
    ours?.stop();
    bare?.stop();
    [ours, bare] = [null, null];
  },
};

declare global {
  interface Window {
    frameCost: FrameCostPage;
  }
}
window.frameCost = page;
