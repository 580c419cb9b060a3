import type { RootState } from '@react-three/fiber';
import type { Spot } from '../../protocol/together.ts';
import { Emitter } from '../../sdk/core/emitter.ts';
import { ModelCache } from '../models/model-cache.ts';
import { PieceError } from '../models/piece-error.ts';
import { capturePng } from '../root/capture-png.ts';
import { mountCanvas } from '../root/mount-canvas.tsx';
import { neutralTheme, type StageTheme } from '../theme.ts';
import { Orbit, type OrbitView } from './orbit.ts';
import { bindOrbitInput } from './orbit-input.ts';
import type { ViewerEvents } from './viewer-events.ts';
import { ViewerScene } from './viewer-scene.tsx';
import { ViewerStage } from './viewer-stage.ts';

/** A piece as the viewer is asked to show it. */
export interface ViewerPiece {
  readonly url: string;
  /** A name of KHR_materials_variants; null is the model's own look. */
  readonly variant: string | null;
}

export interface ViewerOptions {
  readonly piece?: ViewerPiece | null;
  readonly theme?: StageTheme;
  /** What a screen reader calls the picture. */
  readonly label: string;
  readonly fetch?: (url: string) => Promise<Response>;
}

/** A running viewer. */
export interface ViewerMount {
  readonly events: Emitter<ViewerEvents>;
  /** Settles when the renderer is there and a picture can be taken; rejects where WebGL 2 is missing. */
  readonly ready: Promise<void>;
  /** Shows a piece, or nothing; of several calls the last wins. Settles when it is shown. @throws PieceError */
  setPiece(piece: ViewerPiece | null): Promise<void>;
  setTheme(theme: StageTheme): void;
  /** Lights a spot of the piece that is shown, or puts the light out. Another piece is shown without one. */
  setLight(spot: Spot | null): void;
  /** Moves the view there, smoothly. */
  setView(view: OrbitView): void;
  capturePng(): Promise<Blob>;
  /** Frees everything; the container is empty again. */
  stop(): void;
}

/**
 * Mounts the 3D viewer in `container`, which gives it its size: the piece on a turntable, held by finger, mouse, wheel or
 * keys. It draws only while something moves.
 */
export function mountViewer(container: HTMLElement, options: ViewerOptions): ViewerMount {
  const events = new Emitter<ViewerEvents>();
  const cache = new ModelCache(options.fetch ? { fetch: options.fetch } : {});
  const orbit = new Orbit();
  const camera = ViewerStage.createCamera();
  let theme = options.theme ?? neutralTheme;
  let live: { readonly state: RootState; readonly stage: ViewerStage } | null = null;
  let wanted: symbol | null = null;
  let shownUrl: string | null = null;
  let stopped = false;
  const redraw = (): void => live?.state.invalidate();

  const mounted = mountCanvas(container, {
    camera,
    frameloop: 'demand',
    scene: (state) => {
      const stage = new ViewerStage(state.gl, state.scene, camera, orbit, theme);
      live = { state, stage };
      return <ViewerScene stage={stage} />;
    },
    onContextLost: () => events.emit('context-lost', {}),
    onContextRestored: () => {
      live?.stage.contextRestored();
      redraw();
      events.emit('context-restored', {});
    },
  });
  mounted.canvas.tabIndex = 0;
  mounted.canvas.setAttribute('role', 'img');
  mounted.canvas.setAttribute('aria-label', options.label);
  const touched = (viewX: number, viewY: number): void => {
    const { clientWidth, clientHeight } = mounted.canvas;
    const spot = live?.stage.spotAt(viewX, viewY, clientWidth, clientHeight) ?? null;
    if (spot !== null && shownUrl !== null) events.emit('spot-touched', { url: shownUrl, spot });
  };
  const unbind = bindOrbitInput(mounted.canvas, orbit, redraw, touched);

  const start = async (): Promise<void> => {
    await mounted.ready;
    events.emit('ready', {});
  };
  const ready = start();
  ready.catch((error: unknown) => {
    if (!stopped) events.emit('failed', { error });
  });

  const setPiece = async (piece: ViewerPiece | null): Promise<void> => {
    const request = Symbol(piece?.url);
    wanted = request;
    await ready;
    if (live === null || wanted !== request) return;
    if (piece === null) {
      live.stage.clearPiece();
      shownUrl = null;
      return redraw();
    }
    try {
      if (shownUrl === piece.url) {
        live.stage.setVariant(piece.variant);
      } else {
        const lease = await cache.acquire(piece.url);
        if (live === null || wanted !== request) return lease.release();
        live.stage.setPiece(lease, piece.variant);
      }
    } catch (error) {
      if (wanted === request && error instanceof PieceError) {
        events.emit('piece-failed', { url: piece.url, error });
      }
      throw error;
    }
    shownUrl = piece.url;
    redraw();
    events.emit('piece-shown', { url: piece.url, variant: piece.variant, variants: live.stage.variantNames });
  };
  if (options.piece) setPiece(options.piece).catch(() => undefined);

  return {
    events,
    ready,
    setPiece,
    setTheme: (next) => {
      theme = next;
      live?.stage.setTheme(next);
      redraw();
    },
    setLight: (spot) => {
      live?.stage.setLight(spot);
      redraw();
    },
    setView: (view) => {
      orbit.moveTo(view);
      redraw();
    },
    capturePng: async () => {
      await ready;
      if (live === null) throw new DOMException('The viewer was stopped.', 'AbortError');
      return capturePng(live.state, false);
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      wanted = null;
      unbind();
      live?.stage.dispose();
      live = null;
      mounted.stop();
      void cache.close();
      events.clear();
    },
  };
}
