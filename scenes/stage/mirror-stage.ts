import { Group, PerspectiveCamera, type Scene, type WebGLRenderer } from 'three';
import type { AnchorFrame } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import { defaultIntrinsics } from '../../sdk/geometry/intrinsics.ts';
import type { TrackedFrame, Tracker } from '../../sdk/tracking/tracker.ts';
import type { FaceSurface, SeenView } from '../categories/wearing.ts';
import type { Detail } from '../models/detail.ts';
import type { ModelLease } from '../models/model-cache.ts';
import type { StageQuality, TierMeans } from '../quality/quality-tier.ts';
import { StageGovernor } from '../quality/stage-governor.ts';
import { createContactShadowUniforms } from '../surface/contact-shadow.ts';
import type { StageTheme } from '../theme.ts';
import type { Mutable } from '../mutable.ts';
import { Backdrop } from './backdrop.ts';
import { DrawnCanvas } from './drawn-canvas.ts';
import { FrameSource } from './frame-source.ts';
import { LatencyGauge } from './latency-gauge.ts';
import type { MirrorStageOptions } from './mirror-stage-options.ts';
import { PieceDresser } from './piece-dresser.ts';
import { StageLight } from './stage-light.ts';
import { StageView } from './stage-view.ts';
import { WearerBody, type HandView } from './wearer-body.ts';
import { WornLook, type WornPlace } from './worn-look.ts';
import type { WornPiece } from './worn-piece.ts';

/**
 * Everything that the mirror shows, without React: the frame-locked backdrop, who wears, what is worn, the light, and how
 * much of it this machine can draw. `update` runs once per displayed frame and allocates nothing.
 */
export class MirrorStage {
  readonly root = new Group();
  /** Display latency of the pictures shown. */
  readonly latency = new LatencyGauge();
  readonly #renderer: WebGLRenderer;
  readonly #scene: Scene;
  readonly #camera: PerspectiveCamera;
  readonly #options: MirrorStageOptions;
  readonly #light: StageLight;
  readonly #governor: StageGovernor;
  readonly #backdrop: Backdrop;
  readonly #shadow = createContactShadowUniforms();
  readonly #view: StageView;
  readonly #drawn: DrawnCanvas;
  readonly #body: WearerBody;
  readonly #look: WornLook;
  readonly #dresser: PieceDresser;
  readonly #frames = new FrameSource(() => this.#forgetPeople());
  readonly #onAnother = (seat: number): void => this.#look.forgetFit(seat);
  readonly #seen: Mutable<SeenView>;
  readonly #handView: Mutable<HandView>;
  #frameAtMs = 0;
  #framesShown = 0;
  #showsCamera = false;
  #disposed = false;
  /** Whether something changed that no tracked frame tells. */
  #isStale = true;
  /** Whether another tier's shaders are on their way: the last picture stands meanwhile, and nothing waits. */
  #isCompiling = false;

  constructor(renderer: WebGLRenderer, scene: Scene, camera: PerspectiveCamera, options: MirrorStageOptions) {
    this.#renderer = renderer;
    this.#scene = scene;
    this.#camera = camera;
    this.#options = options;
    const projection = camera.projectionMatrix;
    this.#seen = { projection, coveredShare: 0 };
    this.#view = new StageView((ratio) => options.onMaxPixelRatio(ratio));
    this.#drawn = new DrawnCanvas(renderer.domElement);
    this.#handView = {
      intrinsics: defaultIntrinsics(1, 1),
      crop: this.#view.crop,
      bufferWidthPx: 0,
      projection,
    };
    this.#light = new StageLight(renderer, scene);
    this.#backdrop = new Backdrop(options.theme);
    const triangles = (): ArrayLike<number> | null => {
      const given = options.faceTriangles;
      return typeof given === 'function' ? given() : given;
    };
    const { tint, exposure, grain } = this.#light;
    const face: FaceSurface = {
      triangles,
      picture: { ...this.#backdrop.uniforms, lightTint: tint, exposure },
    };
    this.root.add(this.#backdrop.mesh);
    this.#body = new WearerBody(this.root, this.#shadow, triangles);
    this.#look = new WornLook(this.root, this.#shadow);
    this.#governor = new StageGovernor({
      renderer,
      clock: options.clock,
      quality: options.quality,
      onTier: (means, quality) => this.#takeMeans(means, quality),
    });
    const { clock } = options;
    const { glass } = this.#governor;
    this.#dresser = new PieceDresser({
      renderer,
      scene,
      camera,
      clock,
      face,
      uniforms: { lightTint: tint, grain, glass },
    });
  }

  /** A camera whose projection the stage writes from each frame's intrinsics; it stands at the origin for good. */
  static createCamera(): PerspectiveCamera {
    const camera = new PerspectiveCamera();
    camera.matrixAutoUpdate = false;
    return camera;
  }

  get framesShown(): number {
    return this.#framesShown;
  }

  /** Whether the picture is the client's own, which a mirror shows the other way round. */
  get showsCamera(): boolean {
    return this.#showsCamera;
  }

  get quality(): StageQuality {
    return this.#governor.quality;
  }

  /** The addresses of what is worn. */
  get worn(): readonly string[] {
    return this.#look.urls;
  }

  /** How many of them are drawn in their coarse level. */
  get wornFar(): number {
    return this.#look.farCount;
  }

  variantNames(url: string): readonly string[] {
    return this.#look.find(url)?.variantNames ?? [];
  }

  /** `standIn` is shown until the tracker's first frame comes. */
  setTracker(tracker: Tracker | null, standIn: Tracker | null): void {
    this.#frames.set(tracker, standIn);
    this.#forgetPeople();
    this.#tellNeeds();
  }

  setTheme(theme: StageTheme): void {
    this.#isStale = true;
    this.#backdrop.setTheme(theme);
  }

  /**
   * Makes a piece ready to be worn, taking over its lease. Whoever prepares it puts it on or disposes it.
   * @throws PieceError `variant-unknown`, `category-unknown`
   */
  preparePiece(url: string, lease: ModelLease, detail: Detail, variant: string | null): Promise<WornPiece> {
    return this.#dresser.prepare(url, lease, detail, variant);
  }

  /**
   * Gives a piece its other level, taking over the lease.
   * @throws PieceError `piece-malformed` where it is not the same piece
   */
  async addLevel(piece: WornPiece, detail: Detail, lease: ModelLease): Promise<void> {
    if (await this.#dresser.addLevel(piece, detail, lease)) this.#isStale = true;
  }

  /** Has the GPU know a variant that may be chosen next. */
  async warmVariant(url: string, variant: string): Promise<void> {
    const piece = this.#look.find(url);
    if (piece) await this.#dresser.warmVariant(piece, variant);
  }

  /** Puts on a prepared piece, beside what is worn already. */
  putOn(piece: WornPiece): void {
    this.#isStale = true;
    this.#look.putOn(piece);
    this.#tellNeeds();
  }

  /** @throws PieceError `variant-unknown` */
  setVariant(url: string, variant: string | null): void {
    this.#isStale = true;
    this.#look.find(url)?.setVariant(variant);
  }

  /** What is worn, in the order in which it was put on: rings of one finger lie on each other in it. */
  arrange(pieces: readonly WornPlace[]): void {
    this.#isStale = true;
    this.#view.lead.part = this.#look.arrange(pieces);
  }

  /** Who wears what comes from this address. */
  setSeat(url: string, seat: number): void {
    this.#isStale = true;
    this.#look.setSeat(url, seat);
  }

  /** How many people may be dressed. */
  setPeople(people: number): void {
    this.#isStale = true;
    this.#body.people.setCount(people);
  }

  /** Takes off what is worn from this address, if it is. */
  takeOff(url: string): void {
    this.#isStale = true;
    this.#look.takeOff(url);
    this.#tellNeeds();
  }

  /** So much of the view's height is covered from below by controls: what is worn there is not seen. */
  setCovered(share: number): void {
    this.#isStale = true;
    this.#view.coveredShare = share;
  }

  /** Takes over the lease of the mannequin's model. */
  setMannequin(lease: ModelLease): void {
    this.#isStale = true;
    this.#body.setMannequin(lease);
  }

  /**
   * The point of the unmirrored camera picture, in its pixels, that the client sees at a point of the view (CSS pixels from
   * its upper left corner); null where there is no camera picture.
   */
  pictureAt(viewX: number, viewY: number): { readonly uPx: number; readonly vPx: number } | null {
    return this.#view.pictureAt(viewX, viewY);
  }

  /** After the GPU forgot everything: what lived in its memory only is made again. */
  contextRestored(): void {
    this.#drawn.forget();
    this.#light.rebake();
    this.#look.each((piece) => piece.rebake(this.#renderer));
  }

  /**
   * One displayed frame: takes the newest tracked frame if there is one, and moves everything to it. False when the picture
   * is the one already shown: a display is faster than a camera, and drawing twice takes the tracker's time.
   */
  update(deltaMs: number, viewWidthPx: number, viewHeightPx: number): boolean {
    // React unmounts a little later than the stage ends; a frame taken then would never be closed.
    if (this.#disposed) return false;
    if (this.#governor.beat()) this.#isStale = true;
    if (this.#view.resize(viewWidthPx, viewHeightPx)) this.#isStale = true;
    const frame = this.#frames.next();
    if (frame !== null) this.#take(frame);
    // Between two frames the picture stands still, and so does what is worn in it.
    const fades = this.#look.fade(this.#frameAtMs, deltaMs);
    const { isEmpty } = this.#drawn;
    const changed = this.#isStale || frame !== null || fades || isEmpty;
    // Nothing to look at is worse than a picture that waits for its shaders.
    const waits = this.#isCompiling && !isEmpty;
    this.#isStale = changed && waits;
    if (!changed || waits) return false;
    this.#look.settle(
      this.#body.people,
      this.#showsCamera,
      this.#view.focalPx(this.#camera, this.#renderer.getPixelRatio()),
    );
    return true;
  }

  /** Draws what `update` left. */
  draw(): void {
    this.#governor.begin();
    this.#renderer.render(this.#scene, this.#camera);
    this.#drawn.note();
    this.#governor.end();
  }

  dispose(): void {
    this.#disposed = true;
    this.#look.dispose();
    this.#body.dispose();
    this.#backdrop.dispose();
    this.#light.dispose();
    this.#governor.dispose();
    this.root.removeFromParent();
  }

  #takeMeans(means: TierMeans, quality: StageQuality): void {
    this.#light.setStudioSamples(means.studioSamples);
    this.#shadow.touch.value = means.touch ? 1 : 0;
    this.#body.setShadowSide(means.shadowPx);
    this.#options.onQuality(quality);
    if (this.#look.urls.length === 0) {
      this.#view.setMostRatio(means.maxPixelRatio);
      return;
    }
    this.#isCompiling = true;
    void this.#renderer.compileAsync(this.#scene, this.#camera).finally(() => {
      this.#isCompiling = false;
      if (!this.#disposed) this.#view.setMostRatio(means.maxPixelRatio);
    });
  }

  #take(frame: TrackedFrame): void {
    const { anchors, intrinsics, image } = frame;
    this.#framesShown += 1;
    this.#frameAtMs = anchors.capturedAtMs;
    this.latency.add(this.#options.clock.monotonicMs() - anchors.capturedAtMs);
    if (this.#showsCamera !== (image !== null)) this.#cross(image !== null);
    this.#backdrop.show(image);
    const { crop, widthPx, heightPx } = this.#view;
    this.#view.fit(frame, this.#showsCamera, this.#camera);
    this.#backdrop.place(intrinsics, crop, widthPx, heightPx);
    const bufferWidthPx = this.#renderer.domElement.width;
    this.#light.take(anchors.light, this.#showsCamera ? crop.widthPx / bufferWidthPx : null);
    this.#handView.intrinsics = intrinsics;
    this.#handView.bufferWidthPx = bufferWidthPx;
    this.#body.leave(this.#look.isAlone);
    const hands = this.#body.handsOf(anchors, this.#look.handShows, this.#handView);
    this.#takeWearers(anchors, hands);
  }

  /** The client takes the place of the mannequin, or it takes theirs: the picture that was shown is offered once more. */
  #cross(showsCamera: boolean): void {
    if (this.#framesShown > 1 && !this.#isCompiling) {
      this.#renderer.render(this.#scene, this.#camera);
      this.#options.onCrossing();
    }
    this.#showsCamera = showsCamera;
    this.#body.showCamera(showsCamera);
    this.#look.forgetPlaces();
    this.#options.onMirrored(showsCamera);
  }

  #forgetPeople(): void {
    this.#body.people.forget();
    this.#view.lead.reset();
  }

  #takeWearers(anchors: AnchorFrame, hands: readonly HandAnchors[]): void {
    const { people } = this.#body;
    const before = people.served;
    this.#body.take(anchors, hands, this.#onAnother);
    if (people.served !== null && people.served !== before) this.#options.onServed(people.served);
    this.#seen.coveredShare = this.#view.coveredShare;
    this.#look.follow(people, this.#frameAtMs, this.#seen, this.#showsCamera, this.#options);
  }

  #tellNeeds(): void {
    const { needs } = this.#look;
    if (needs.length > 0) this.#frames.setNeeds(needs);
  }
}
