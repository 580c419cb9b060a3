import { createRoot, type RootState } from '@react-three/fiber';
import { useLayoutEffect, type ReactNode } from 'react';
import { NeutralToneMapping, WebGLRenderer, type PerspectiveCamera } from 'three';

/** Beyond two device pixels per CSS pixel no eye at arm's length sees a difference, and the cost is square. */
const MAX_PIXEL_RATIO = 2;

export interface CanvasOptions {
  readonly camera: PerspectiveCamera;
  /** `demand` draws only when something called R3F's `invalidate`. */
  readonly frameloop: 'always' | 'demand';
  readonly scene: (state: RootState) => ReactNode;
  readonly onContextLost?: () => void;
  readonly onContextRestored?: () => void;
}

/** A canvas with its renderer, mounted in a container. */
export interface MountedCanvas {
  readonly canvas: HTMLCanvasElement;
  /** Settles when the renderer is there and the scene is in it; rejects where WebGL 2 is missing. */
  readonly ready: Promise<RootState>;
  /** At most so many device pixels for a CSS pixel from now on; a screen that has fewer keeps its own. */
  readonly setMaxPixelRatio: (ratio: number) => void;
  /** Unmounts, frees the renderer and removes the canvas; more calls do no harm. */
  readonly stop: () => void;
}

/** Tells when React has put the scene in: until then a picture of it is black. */
function Told({ scene, onIn }: { readonly scene: ReactNode; readonly onIn: () => void }): ReactNode {
  useLayoutEffect(onIn, [onIn]);
  return scene;
}

/**
 * Mounts an R3F root on a canvas of its own in `container` and follows the container's size. A canvas is never used
 * twice: some time after an unmount its WebGL context is taken away for good, so React's second mount in StrictMode, which
 * follows at once, would be left with a dead canvas a moment later.
 */
export function mountCanvas(container: HTMLElement, options: CanvasOptions): MountedCanvas {
  const canvas = container.ownerDocument.createElement('canvas');
  canvas.style.cssText = 'display:block;width:100%;height:100%;touch-action:none';
  container.append(canvas);
  const root = createRoot(canvas);
  let stopped = false;
  let live: RootState | null = null;
  let dpr: [number, number] = [1, MAX_PIXEL_RATIO];

  const configuration = {
    gl: (defaults: object) =>
      new WebGLRenderer({
        ...defaults,
        canvas,
        antialias: true,
        alpha: false,
        powerPreference: 'high-performance',
      }),
    frameloop: options.frameloop,
    camera: Object.assign(options.camera, { manual: true }),
    shadows: 'percentage' as const,
  };
  const measure = (): { width: number; height: number; top: number; left: number } => {
    const { width, height, top, left } = container.getBoundingClientRect();
    return { width: Math.max(1, width), height: Math.max(1, height), top, left };
  };
  // Size changes that come while the renderer is being made are applied by the configuration that follows it.
  const observer = new ResizeObserver(() => {
    if (!stopped)
      void ready.then(
        () => (stopped ? undefined : root.configure({ ...configuration, dpr, size: measure() })),
        // Whoever mounted it hears why; what never came has no size.
        () => undefined,
      );
  });
  const onLost = (event: Event): void => {
    event.preventDefault();
    options.onContextLost?.();
  };
  const onRestored = (): void => options.onContextRestored?.();

  const left = new DOMException('The canvas was unmounted before it was ready.', 'AbortError');
  const sceneIn = Promise.withResolvers<void>();
  sceneIn.promise.catch(() => undefined);
  const start = async (): Promise<RootState> => {
    await root.configure({ ...configuration, dpr, size: measure() });
    if (stopped) throw left;
    const state = await new Promise<RootState>((resolve) => {
      const store = root.render(null);
      resolve(store.getState());
    });
    live = state;
    state.gl.toneMapping = NeutralToneMapping;
    // Attached after the renderer's own listeners, so three.js has its state again when these hear.
    canvas.addEventListener('webglcontextlost', onLost);
    canvas.addEventListener('webglcontextrestored', onRestored);
    root.render(<Told scene={options.scene(state)} onIn={sceneIn.resolve} />);
    await sceneIn.promise;
    return state;
  };
  const ready = start();
  observer.observe(container);

  return {
    canvas,
    ready,
    setMaxPixelRatio: (ratio) => {
      dpr = [Math.min(1, ratio), ratio];
      live?.setDpr(dpr);
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      sceneIn.reject(left);
      live = null;
      observer.disconnect();
      canvas.removeEventListener('webglcontextlost', onLost);
      canvas.removeEventListener('webglcontextrestored', onRestored);
      root.unmount();
      canvas.remove();
    },
  };
}
