import type { RootState } from '@react-three/fiber';
import { systemClock, type Clock } from '../../sdk/core/clock.ts';
import { Emitter } from '../../sdk/core/emitter.ts';
import type { Tracker } from '../../sdk/tracking/tracker.ts';
import { browserIdle, LoadAhead, type AheadTask, type WhenIdle } from '../models/load-ahead.ts';
import { ModelCache, type FetchModel } from '../models/model-cache.ts';
import { PieceError } from '../models/piece-error.ts';
import type { QualityTier } from '../quality/quality-tier.ts';
import { capturePng } from '../root/capture-png.ts';
import { mountCanvas } from '../root/mount-canvas.tsx';
import { neutralTheme, type StageTheme } from '../theme.ts';
import { Crossing } from './crossing.ts';
import type { MirrorEvents, MirrorMetrics } from './mirror-events.ts';
import { MirrorScene } from './mirror-scene.tsx';
import { MirrorStage } from './mirror-stage.ts';
import type { FaceTriangles } from './mirror-stage-options.ts';
import { PieceLoader, type StagePiece } from './piece-loader.ts';

export interface MirrorOptions {
  readonly tracker?: Tracker | null;
  readonly piece?: StagePiece | null;
  /** The head that wears the piece where there is no camera picture; without it a scripted track shows the piece alone. */
  readonly mannequinUrl?: string;
  /**
   * Triangles of the canonical face mesh, three vertex indices each, or what gives them when the first face is there: a
   * tracker knows them only once it has read its model. Without them only the fitted skull hides temples.
   */
  readonly faceTriangles?: FaceTriangles;
  readonly theme?: StageTheme;
  /** `auto`, unless told: what this machine draws in time. A tier is kept whatever it costs. */
  readonly quality?: QualityTier | 'auto';
  readonly clock?: Clock;
  readonly fetch?: FetchModel;
  /** How much models that are not worn may take in memory, what is loaded ahead among them. */
  readonly idleBytes?: number;
  /** When there is time for what may be wanted next; the browser's own idle moments unless told. */
  readonly whenIdle?: WhenIdle;
}

/** A running mirror. */
export interface MirrorMount {
  readonly events: Emitter<MirrorEvents>;
  /** Settles when the renderer is there and a picture can be taken; rejects where WebGL 2 is missing. */
  readonly ready: Promise<void>;
  /** Puts one piece on and takes all others off; null takes everything off. As `setPieces` otherwise. */
  setPiece(piece: StagePiece | null): Promise<void>;
  /**
   * Shows a look: these pieces together, at most one from each address, in the order in which they were put on. What is worn before stays until all that is new is ready;
   * of several calls the last wins. A piece that cannot be shown is left out and told by `piece-failed`. Settles when the others are
   * shown. @throws PieceError the first of them
   */
  setPieces(pieces: readonly StagePiece[]): Promise<void>;
  /**
   * Loads what is likely to be worn next, most likely first: one thing at a time, in idle moments, as far as `idleBytes` goes, and never
   * while something that was asked for is on its way. Of a piece that is worn its variant is made ready.
   */
  setLikely(pieces: readonly StagePiece[]): void;
  /**
   * So many people are dressed, each in their own pieces: whoever comes first is person 0, and each keeps their number while they stay.
   * One unless told; the tracker's `allowPeople` is asked beside.
   */
  setPeople(people: number): void;
  /**
   * Shows another tracker's frames; null keeps the last picture. Until its first frame comes `standIn` is shown, so that a slow
   * camera leaves nobody before an empty mirror. The mirror neither starts nor stops trackers.
   */
  setTracker(tracker: Tracker | null, standIn?: Tracker | null): void;
  setTheme(theme: StageTheme): void;
  /**
   * So much of the view's height, 0 to 1, is covered from below by controls. What is worn there has no place (`piece-placed`), and a hand
   * that wears what is looked at is shown above them.
   */
  setCovered(share: number): void;
  /**
   * The point of the unmirrored camera picture, in its pixels, that is seen at a point of the container (CSS pixels from its
   * upper left corner): what `Tracker.choosePerson` takes. Null where there is no camera picture.
   */
  pictureAt(viewX: number, viewY: number): { readonly uPx: number; readonly vPx: number } | null;
  metrics(): MirrorMetrics;
  /** The composite as the client sees it, mirrored where it is a mirror. For tests and documentation. */
  capturePng(): Promise<Blob>;
  /** Frees everything; the container is empty again. */
  stop(): void;
}

/**
 * Mounts the mirror in `container`, which gives it its size. The picture is mirrored once, here, by the style of the
 * canvas: a flip in the projection would turn every triangle's winding and need the renderer's culling turned too, while
 * the compositor flips for nothing. Everything inside the canvas is unmirrored; engraved words read backwards, as in any
 * mirror. A mannequin is no mirror image and is shown as it is.
 */
export function mountMirror(container: HTMLElement, options: MirrorOptions = {}): MirrorMount {
  const events = new Emitter<MirrorEvents>();
  const clock = options.clock ?? systemClock;
  const cache = new ModelCache({
    ...(options.fetch ? { fetch: options.fetch } : {}),
    ...(options.idleBytes === undefined ? {} : { idleBytes: options.idleBytes }),
  });
  const loader = new PieceLoader(cache, (url, error) => {
    if (!stopped) events.emit('level-failed', { url, error });
  });
  const ahead = new LoadAhead(options.whenIdle ?? browserIdle, () => {
    // A piece that cannot be loaded is told of when somebody asks for it.
  });
  let theme = options.theme ?? neutralTheme;
  let tracker = options.tracker ?? null;
  let standIn: Tracker | null = null;
  let covered = 0;
  let people = 1;
  let wanted: symbol | null = null;
  let stopped = false;
  let live: { readonly state: RootState; readonly stage: MirrorStage } | null = null;
  const camera = MirrorStage.createCamera();

  const mounted = mountCanvas(container, {
    camera,
    frameloop: 'always',
    scene: (state) => {
      const stage = new MirrorStage(state.gl, state.scene, camera, {
        clock,
        theme,
        faceTriangles: options.faceTriangles ?? [],
        quality: options.quality ?? 'auto',
        onMaxPixelRatio: (ratio) => mounted.setMaxPixelRatio(ratio),
        onQuality: (quality) => {
          mounted.canvas.dataset['quality'] = quality.tier;
          mounted.canvas.dataset['qualityReason'] = quality.reason;
          events.emit('quality', quality);
        },
        onPlaced: (url, placed) => events.emit('piece-placed', { url, placed }),
        onHidden: (url, hidden) => events.emit('piece-hidden', { url, hidden }),
        onServed: (person) => events.emit('person-served', { person }),
        onCrossing: () => crossing.hold(),
        onMirrored: (mirrored) => {
          mounted.canvas.style.transform = mirrored ? 'scaleX(-1)' : '';
          events.emit('mirrored', { mirrored });
        },
      });
      stage.setTracker(tracker, standIn);
      stage.setCovered(covered);
      stage.setPeople(people);
      live = { state, stage };
      return <MirrorScene stage={stage} />;
    },
    onContextLost: () => events.emit('context-lost', {}),
    onContextRestored: () => {
      live?.stage.contextRestored();
      events.emit('context-restored', {});
    },
  });
  const crossing = new Crossing(mounted.canvas);

  const loadMannequin = async (url: string): Promise<void> => {
    try {
      const lease = await cache.acquire(url);
      if (live === null) lease.release();
      else live.stage.setMannequin(lease);
    } catch (error) {
      if (!stopped && error instanceof PieceError) events.emit('piece-failed', { url, error });
      else if (!stopped) throw error;
    }
  };

  const start = async (): Promise<void> => {
    await mounted.ready;
    if (options.mannequinUrl !== undefined) void loadMannequin(options.mannequinUrl);
    events.emit('ready', {});
  };
  const ready = start();
  ready.catch((error: unknown) => {
    if (!stopped) events.emit('failed', { error });
  });

  const showPieces = async (pieces: readonly StagePiece[]): Promise<void> => {
    const request = Symbol('look');
    wanted = request;
    await ready;
    if (live === null || wanted !== request) return;
    const { stage } = live;
    const fresh = pieces.filter(({ url }) => !stage.worn.includes(url));
    const prepared = await Promise.all(fresh.map((piece) => loader.prepare(stage, piece)));
    // Another call, or the end, came while this one was on its way.
    if (live === null || wanted !== request) {
      for (const piece of prepared) if (!(piece instanceof PieceError)) piece.dispose();
      return;
    }
    const hasNothingNew = fresh.length > 0 && prepared.every((made) => made instanceof PieceError);
    // A mirror that can show nothing of what is asked keeps what it has.
    if (!hasNothingNew || fresh.length < pieces.length) {
      for (const url of stage.worn) if (!pieces.some((piece) => piece.url === url)) stage.takeOff(url);
    }
    let firstFault: PieceError | null = null;
    const told = (url: string, error: PieceError): void => {
      firstFault ??= error;
      events.emit('piece-failed', { url, error });
    };
    for (const [index, made] of prepared.entries()) {
      const piece = fresh[index];
      if (piece === undefined) continue;
      if (made instanceof PieceError) {
        told(piece.url, made);
      } else {
        stage.putOn(made);
        void ahead.during(loader.complete(stage, made, piece));
      }
    }
    for (const { url, variant, person } of pieces) {
      if (!stage.worn.includes(url)) continue;
      stage.setSeat(url, person ?? 0);
      try {
        stage.setVariant(url, variant);
        events.emit('piece-shown', { url, variant, variants: stage.variantNames(url) });
      } catch (fault) {
        if (!(fault instanceof PieceError)) throw fault;
        told(url, fault);
      }
    }
    stage.arrange(pieces);
    if (firstFault !== null) throw firstFault;
  };
  const setPieces = (pieces: readonly StagePiece[]): Promise<void> => ahead.during(showPieces(pieces));
  const setLikely = (pieces: readonly StagePiece[]): void => {
    loader.setLikely(pieces);
    ahead.want(
      pieces.map((piece): AheadTask => {
        const key = `${piece.url} ${piece.variant ?? ''}`;
        return { key, run: () => loader.makeReady(live?.stage ?? null, piece) };
      }),
    );
  };
  const setPiece = (piece: StagePiece | null): Promise<void> => setPieces(piece === null ? [] : [piece]);
  if (options.piece) setPiece(options.piece).catch(() => undefined);

  return {
    events,
    ready,
    setPiece,
    setPieces,
    setLikely,
    setPeople: (next) => {
      people = next;
      live?.stage.setPeople(next);
    },
    setTracker: (next, meanwhile = null) => {
      tracker = next;
      standIn = meanwhile;
      live?.stage.setTracker(tracker, standIn);
    },
    setTheme: (next) => {
      theme = next;
      live?.stage.setTheme(next);
    },
    setCovered: (share) => {
      covered = share;
      live?.stage.setCovered(share);
    },
    pictureAt: (viewX, viewY) => live?.stage.pictureAt(viewX, viewY) ?? null,
    metrics: () => metricsOf(live, cache),
    capturePng: async () => {
      await ready;
      if (live === null) throw new DOMException('The mirror was stopped.', 'AbortError');
      return capturePng(live.state, live.stage.showsCamera);
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      wanted = null;
      ahead.stop();
      crossing.stop();
      live?.stage.dispose();
      live = null;
      mounted.stop();
      void cache.close();
      events.clear();
    },
  };
}

function metricsOf(
  live: { readonly state: RootState; readonly stage: MirrorStage } | null,
  cache: ModelCache,
): MirrorMetrics {
  const info = live?.state.gl.info;
  const models = cache.count();
  return {
    framesShown: live?.stage.framesShown ?? 0,
    medianLatencyMs: live?.stage.latency.medianMs() ?? Number.NaN,
    lagging: live?.stage.latency.lagging ?? false,
    framesDrawn: info?.render.frame ?? 0,
    drawCalls: info?.render.calls ?? 0,
    triangles: info?.render.triangles ?? 0,
    geometries: info?.memory.geometries ?? 0,
    textures: info?.memory.textures ?? 0,
    programs: info?.programs?.length ?? 0,
    modelsLoaded: models.loaded,
    modelsDisposed: models.disposed,
    modelLeases: models.leases,
    idleModelBytes: models.idleBytes,
    farPieces: live?.stage.wornFar ?? 0,
    quality: live?.stage.quality ?? null,
  };
}
