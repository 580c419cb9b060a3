import { RuntimeConfig } from '../../protocol/runtime-config.ts';
import { systemClock } from '../../sdk/core/clock.ts';
import { messageOf, VitrineError } from '../../sdk/core/vitrine-error.ts';
import { trackerAssetsOf } from '../../sdk/tracking/tracker-assets.ts';
import type { CameraTracker } from '../../sdk/tracking/camera-tracker.ts';
import { naturalHeadMotion, stillHead } from '../../sdk/tracking/head-motion.ts';
import { createStillTracker } from '../../sdk/tracking/still-tracker.ts';
import type { Tracker } from '../../sdk/tracking/tracker.ts';
import type { MirrorMount, MirrorOptions } from '../stage/mount-mirror.tsx';
import type { VisitorCamera } from '../visitor/visitor-camera.ts';
import { findPiece, readCollection, type Collection } from './collection.ts';
import { adviceForProblem, TryOnError, type TryOnProblemCode } from './try-on-error.ts';
import type { TryOnEvents } from './try-on-events.ts';
import { TryOnView } from './try-on-view.ts';
import { portraitIntrinsics } from './portrait-intrinsics.ts';
import { wordsFor, type TryOnWords } from './words.ts';

/** How the element comes to a head to wear the piece. `on` asks the client first; `visitor` films nobody. */
export type CameraMode = 'on' | 'visitor' | 'scripted' | 'off';

/** What the attributes ask for. */
export interface TryOnRequest {
  readonly maison: string;
  readonly piece: string;
  /** Null is the piece's first variant. */
  readonly variant: string | null;
  readonly camera: CameraMode;
  /** What the visitor looks like and does, as `visitorRequestOf` reads it; null for the usual. */
  readonly visitor: string | null;
  readonly language: string;
}

export interface TryOnOptions {
  readonly root: ShadowRoot;
  /** Where everything is fetched from, and nothing from elsewhere. */
  readonly base: URL;
  readonly emit: <Name extends keyof TryOnEvents>(name: Name, detail: TryOnEvents[Name]) => void;
}

/** One life of the element on a page: from its connection to its disconnection. Owns stage, tracker and view. */
export class TryOn {
  readonly #options: TryOnOptions;
  readonly #view: TryOnView;
  readonly #collections = new Map<string, Promise<Collection>>();
  #words: TryOnWords;
  #request: TryOnRequest | null = null;
  #mirror: MirrorMount | null = null;
  #mannequin: Tracker | null = null;
  #camera: CameraTracker | null = null;
  /** What the client agreed to last, for as long as it holds. */
  #agreed: symbol | null = null;
  #shows: string | null = null;
  #isReady = false;
  /** The request whose way to a head was taken last. */
  #entered: TryOnRequest | null = null;
  #disposed = false;

  constructor(options: TryOnOptions) {
    this.#options = options;
    this.#words = wordsFor('en');
    this.#view = new TryOnView(options.root, this.#words, {
      onUseCamera: () => void this.#useCamera(),
      onWithoutCamera: () => this.#leaveCamera(),
      onPanel: () => this.#frameMannequin(),
    });
  }

  /** Takes what the attributes ask for now. */
  async show(request: TryOnRequest): Promise<void> {
    this.#request = request;
    this.#words = wordsFor(request.language);
    this.#view.say(this.#words);
    try {
      const mirror = await this.#stage();
      if (mirror === null || this.#request !== request) return;
      if (
        this.#entered === null ||
        this.#entered.camera !== request.camera ||
        this.#entered.visitor !== request.visitor
      ) {
        this.#entered = request;
        this.#enterMode(request.camera);
      }
      await this.#wear(mirror, request);
    } catch (fault) {
      if (!this.#disposed && this.#request === request) this.#tell(fault);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#mirror?.stop();
    this.#mannequin?.dispose();
    this.#closeCamera();
    this.#view.dispose();
  }

  /** The stage, loaded when it is first wanted; null when the element left its page meanwhile. */
  async #stage(): Promise<MirrorMount | null> {
    const { mountMirror } = await import('../stage/mount-mirror.tsx');
    if (this.#disposed) return null;
    this.#mirror ??= this.#mount(mountMirror);
    const mirror = this.#mirror;
    try {
      await mirror.ready;
    } catch (cause) {
      if (this.#disposed) return null;
      throw new TryOnError('stage-unavailable', 'The stage could not be set up.', { cause });
    }
    return this.#disposed ? null : mirror;
  }

  #mount(mountMirror: (container: HTMLElement, options: MirrorOptions) => MirrorMount): MirrorMount {
    const mirror = mountMirror(this.#view.stage, {
      mannequinUrl: new URL('collections/shared/mannequin.glb', this.#options.base).href,
      faceTriangles: () => this.#camera?.canonicalFace()?.triangles ?? null,
    });
    mirror.setCovered(this.#view.coveredShare);
    mirror.events.on('quality', ({ tier, reason }) => this.#options.emit('quality', { tier, reason }));
    return mirror;
  }

  async #wear(mirror: MirrorMount, request: TryOnRequest): Promise<void> {
    const { maison } = request;
    let reading = this.#collections.get(maison);
    if (reading === undefined) {
      reading = readCollection(this.#options.base, maison);
      this.#collections.set(maison, reading);
      // What did not come is asked for again next time.
      reading.catch(() => this.#collections.delete(maison));
    }
    const collection = await reading;
    const { piece, variant } = findPiece(collection, request.piece, request.variant);
    if (this.#disposed || this.#request !== request) return;
    const key = `${maison}/${piece.id}/${variant.id}`;
    if (this.#shows === key) return;
    const { colours } = collection.theme;
    this.#view.setTheme(collection.theme);
    mirror.setTheme({ ground: colours.ground, glow: colours.surface });
    await mirror.setPiece({
      url: new URL(piece.modelPath, collection.folder).href,
      variant: variant.modelVariant,
      ...(piece.modelLodPath === undefined
        ? {}
        : { farUrl: new URL(piece.modelLodPath, collection.folder).href }),
    });
    if (this.#disposed || this.#request !== request) return;
    this.#shows = key;
    if (this.#camera === null) this.#view.showStatus(null);
    const detail = { maison, piece: piece.id, variant: variant.id };
    if (!this.#isReady) {
      this.#isReady = true;
      this.#options.emit('ready', detail);
    }
    this.#options.emit('piece-change', detail);
  }

  #enterMode(mode: CameraMode): void {
    this.#closeCamera();
    this.#view.showPanel(mode === 'on' ? 'notice' : 'none');
    this.#frameMannequin();
    this.#mirror?.setTracker(this.#mannequin);
    if (mode === 'visitor') void this.#useCamera();
  }

  /** Lets the mannequin stand in the middle of what the panel leaves in view. */
  #frameMannequin(): void {
    const wasShown = this.#mannequin !== null && this.#camera === null;
    this.#mannequin?.dispose();
    const still = this.#request?.camera === 'off' || matchMedia('(prefers-reduced-motion: reduce)').matches;
    const { stage, coveredShare } = this.#view;
    this.#mirror?.setCovered(coveredShare);
    this.#mannequin = createStillTracker({
      clock: systemClock,
      intrinsics: portraitIntrinsics(stage.clientWidth, stage.clientHeight, coveredShare),
      script: still ? stillHead : naturalHeadMotion,
    });
    void this.#mannequin.start();
    if (wasShown) this.#mirror?.setTracker(this.#mannequin);
  }

  /** A client's camera only after their own touch, and never before it. */
  async #useCamera(): Promise<void> {
    const agreed = Symbol('camera');
    this.#agreed = agreed;
    const isAgreed = (): boolean => !this.#disposed && this.#agreed === agreed;
    this.#view.showStatus(null);
    this.#view.showPanel('camera-on');
    try {
      const camera = await this.#openTracker(this.#request?.camera, isAgreed);
      if (camera === null) return;
      this.#mirror?.setTracker(camera, this.#request?.camera === 'visitor' ? undefined : this.#mannequin);
      await camera.start();
    } catch (fault) {
      if (isAgreed()) this.#fallBack(fault);
    }
  }

  #leaveCamera(): void {
    this.#closeCamera();
    this.#mirror?.setTracker(this.#mannequin);
    this.#view.showStatus(null);
    this.#view.showPanel('camera-off');
  }

  /** Null when the client or the page meanwhile asked for something else: what was agreed to holds for what was asked. */
  async #openTracker(mode: CameraMode | undefined, isAgreed: () => boolean): Promise<CameraTracker | null> {
    const isWanted = (): boolean => isAgreed() && this.#camera === null && this.#request?.camera === mode;
    const [config, { createCameraTracker }, { pageIntrinsicsFor }] = await Promise.all([
      this.#readConfig(),
      import('../../sdk/tracking/camera-tracker.ts'),
      import('../../sdk/tracking/page-intrinsics.ts'),
    ]);
    const assets = trackerAssetsOf(config, this.#options.base);
    if (!isWanted()) return null;
    if (assets === null) {
      throw new TryOnError('tracking-unavailable', 'The server has no tracking model.');
    }
    const visitor = mode === 'visitor' ? await this.#visitor() : null;
    if (!isWanted()) return null;
    const camera = createCameraTracker({
      clock: systemClock,
      assets,
      ...(visitor ?? { intrinsicsFor: pageIntrinsicsFor(reportError) }),
    });
    camera.events.on('tracking-found', () => this.#options.emit('tracking', { state: 'found' }));
    camera.events.on('tracking-lost', () => this.#options.emit('tracking', { state: 'lost' }));
    camera.events.on('problem', ({ problem, message }) => {
      this.#emitError(problem, message, adviceForProblem(problem));
      this.#closeCamera();
      this.#mirror?.setTracker(this.#mannequin);
      this.#view.showPanel('camera-off');
      this.#view.showStatus(this.#words.problems[problem]);
    });
    this.#camera = camera;
    return camera;
  }

  /** The kit's own visitor before a drawn camera. */
  async #visitor(): Promise<VisitorCamera> {
    const [{ createVisitorCamera }, { defaultVisitor, visitorModelPath, visitorRequestOf }] =
      await Promise.all([import('../visitor/visitor-camera.ts'), import('../visitor/visitor-request.ts')]);
    const modelUrl = new URL(visitorModelPath, this.#options.base).href;
    const asked = visitorRequestOf(`?camera=visitor&${this.#request?.visitor ?? ''}`) ?? defaultVisitor;
    return createVisitorCamera({ ...asked, modelUrl, clock: systemClock });
  }

  async #readConfig(): Promise<RuntimeConfig> {
    const url = new URL('api/config', this.#options.base);
    try {
      const response = await fetch(url, { credentials: 'omit' });
      return RuntimeConfig.parse(await response.json());
    } catch (cause) {
      throw new TryOnError('tracking-unavailable', `${url.href} could not be read.`, { cause });
    }
  }

  #closeCamera(): void {
    this.#agreed = null;
    this.#camera?.dispose();
    this.#camera = null;
  }

  #fallBack(fault: unknown): void {
    this.#leaveCamera();
    this.#view.showStatus(this.#words.problems['tracking-unavailable']);
    this.#emitFault(fault);
  }

  #tell(fault: unknown): void {
    const isStage = fault instanceof TryOnError && fault.code === 'stage-unavailable';
    this.#view.showStatus(isStage ? this.#words.stageFailed : this.#words.pieceFailed);
    this.#emitFault(fault);
  }

  #emitFault(fault: unknown): void {
    if (fault instanceof VitrineError) {
      this.#emitError(fault.code as TryOnProblemCode, fault.message, fault.advice);
    } else {
      this.#emitError('stage-unavailable', messageOf(fault), 'Load the page again.');
    }
  }

  #emitError(code: TryOnProblemCode, message: string, advice: string): void {
    this.#options.emit('error', { code, message, advice });
  }
}
