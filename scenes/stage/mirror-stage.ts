import { Group, PerspectiveCamera, Vector3, type IUniform, type Scene, type WebGLRenderer } from 'three';
import type { AnchorFrame, FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { FingerName, HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { TrackedFrame, Tracker } from '../../sdk/tracking/tracker.ts';
import { FingerStack } from '../categories/finger-stack.ts';
import { placeNode } from '../categories/place-node.ts';
import type { FaceSurface, Wearer } from '../categories/wearing.ts';
import { houseStudio } from '../light/studio.ts';
import { StudioLight } from '../light/studio-light.ts';
import type { Detail } from '../models/detail.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { createContactShadowUniforms, setContactShadow } from '../surface/contact-shadow.ts';
import { createProductUniforms, type ProductUniforms } from '../surface/dress-product.ts';
import type { StageTheme } from '../theme.ts';
import { Backdrop } from './backdrop.ts';
import { CropLead, type LedPart } from './crop-lead.ts';
import { DisplayHand } from './display-hand.ts';
import { HandOccluder } from './hand-occluder.ts';
import { HeadOccluder } from './head-occluder.ts';
import { renderOrders } from './render-orders.ts';
import { LatencyGauge } from './latency-gauge.ts';
import { Mannequin } from './mannequin.ts';
import { coverCrop, writeProjection, type CoverCrop } from './projection.ts';
import { earsInHead } from './ears-in-head.ts';
import { WornPiece } from './worn-piece.ts';

/** Three vertex indices of the canonical mesh each, or what gives them when the first face is there. */
export type FaceTriangles = ArrayLike<number> | (() => ArrayLike<number> | null);

export interface MirrorStageOptions {
  readonly clock: Clock;
  readonly theme: StageTheme;
  readonly faceTriangles: FaceTriangles;
  /** Called when the picture becomes or ceases to be the client's own. */
  readonly onMirrored: (mirrored: boolean) => void;
  /** Called when a worn piece has a place from now on, or none any more. */
  readonly onPlaced: (url: string, placed: boolean) => void;
}

/** Where a piece of the look is worn, of what the client can choose. */
export interface WornPlace {
  readonly url: string;
  /** Of a ring; the ring finger unless told. */
  readonly finger?: FingerName;
  /** The client looks at this one now; the only piece of a look always is. */
  readonly looked?: boolean;
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/**
 * Everything that the mirror shows, without React: the frame-locked backdrop, the head as occluder or as mannequin, the
 * worn pieces and the light. `update` runs once per displayed frame and allocates nothing.
 */
export class MirrorStage {
  readonly root = new Group();
  /** Display latency of the pictures shown. */
  readonly latency = new LatencyGauge();
  readonly #renderer: WebGLRenderer;
  readonly #scene: Scene;
  readonly #camera: PerspectiveCamera;
  readonly #onMirrored: (mirrored: boolean) => void;
  readonly #onPlaced: MirrorStageOptions['onPlaced'];
  readonly #clock: Clock;
  readonly #light: StudioLight;
  readonly #backdrop: Backdrop;
  readonly #faceTriangles: FaceTriangles;
  readonly #face: FaceSurface;
  readonly #exposure: IUniform<number> = { value: 1 };
  readonly #lightTint: IUniform<Vector3> = { value: new Vector3(1, 1, 1) };
  /** By piece: materials keep the uniforms with which they were dressed first, and the levels of a piece share them. */
  readonly #uniforms = new Map<string, ProductUniforms>();
  readonly #shadow = createContactShadowUniforms();
  readonly #crop: CoverCrop = { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 };
  readonly #lead = new CropLead();
  readonly #ears = earsInHead();
  readonly #onView = new Vector3();
  #occluder: HeadOccluder | null = null;
  /** One for each hand that was seen at once. */
  readonly #handOccluders: HandOccluder[] = [];
  #mannequin: Mannequin | null = null;
  #displayHand: DisplayHand | null = null;
  /** What the pieces ask of the hand on the counter. */
  #handShows: 'fingers' | 'wrist' | 'nothing' = 'nothing';
  /** What is worn together: one light, one occluder. Each has the shadow slot of its place. */
  readonly #pieces: (WornPiece | null)[] = [];
  #coveredShare = 0;
  #tracker: Tracker | null = null;
  #identity: number | null = null;
  #frameAtMs = 0;
  readonly #wearer: Mutable<Wearer> = { face: null, hands: [], body: null, capturedAtMs: 0 };
  #framesShown = 0;
  #showsCamera = false;
  #disposed = false;
  /** Whether something changed that no tracked frame tells. */
  #isStale = true;
  #viewWidthPx = 0;
  #viewHeightPx = 0;

  constructor(renderer: WebGLRenderer, scene: Scene, camera: PerspectiveCamera, options: MirrorStageOptions) {
    this.#renderer = renderer;
    this.#scene = scene;
    this.#camera = camera;
    this.#onMirrored = options.onMirrored;
    this.#onPlaced = options.onPlaced;
    this.#clock = options.clock;
    this.#faceTriangles = options.faceTriangles;
    this.#light = new StudioLight(renderer, houseStudio);
    scene.environment = this.#light.texture;
    this.#backdrop = new Backdrop(options.theme);
    this.#face = {
      triangles: () => this.#triangles(),
      picture: { ...this.#backdrop.uniforms, lightTint: this.#lightTint, exposure: this.#exposure },
    };
    this.root.add(this.#backdrop.mesh);
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

  /** The addresses of what is worn. */
  get worn(): readonly string[] {
    return this.#pieces.flatMap((piece) => piece?.url ?? []);
  }

  /** How many of them are drawn in their coarse level. */
  get wornFar(): number {
    return this.#pieces.filter((piece) => piece?.detail === 'far').length;
  }

  variantNames(url: string): readonly string[] {
    return this.#find(url)?.variantNames ?? [];
  }

  setTracker(tracker: Tracker | null): void {
    this.#tracker = tracker;
    this.#identity = null;
    this.#lead.reset();
    this.#tellNeeds();
  }

  setTheme(theme: StageTheme): void {
    this.#isStale = true;
    this.#backdrop.setTheme(theme);
  }

  /**
   * Makes a piece ready to be worn, taking over its lease: dressed, its shadow baked, its shaders compiled while the piece
   * before is still shown, so that the change costs no picture. Whoever prepares it puts it on or disposes it.
   * @throws PieceError `variant-unknown`, `category-unknown`
   */
  async preparePiece(
    url: string,
    lease: ModelLease,
    detail: Detail,
    variant: string | null,
  ): Promise<WornPiece> {
    let piece: WornPiece;
    try {
      piece = new WornPiece(url, lease, detail, this.#uniformsOf(url), {
        renderer: this.#renderer,
        clock: this.#clock,
        face: this.#face,
      });
    } catch (fault) {
      lease.release();
      throw fault;
    }
    try {
      piece.setVariant(variant);
      await this.#renderer.compileAsync(piece.root, this.#camera, this.#scene);
    } catch (fault) {
      piece.dispose();
      throw fault;
    }
    return piece;
  }

  /**
   * Gives a piece its other level, taking over the lease, once it can be drawn without a stop.
   * @throws PieceError `piece-malformed` where it is not the same piece
   */
  async addLevel(piece: WornPiece, detail: Detail, lease: ModelLease): Promise<void> {
    try {
      piece.dress(lease.model);
      await this.#compile(lease, piece.variant);
    } catch (fault) {
      lease.release();
      throw fault;
    }
    if (piece.isDisposed) return lease.release();
    piece.addLevel(detail, lease);
    this.#isStale = true;
  }

  /** Has the GPU know a variant that may be chosen next: its shaders, and its pictures. */
  async warmVariant(url: string, variant: string): Promise<void> {
    const model = this.#find(url)?.model;
    if (model === undefined || !model.variants.names.includes(variant)) return;
    for (const texture of model.variants.texturesOf(variant)) this.#renderer.initTexture(texture);
    await this.#compile({ model, instance: model.prototype.clone() }, variant);
  }

  /** Compiles what an instance of a model needs that is not in the scene yet. */
  async #compile(
    { model, instance }: Pick<ModelLease, 'model' | 'instance'>,
    variant: string | null,
  ): Promise<void> {
    model.variants.apply(instance, variant);
    await this.#renderer.compileAsync(instance, this.#camera, this.#scene);
  }

  /** Puts on a prepared piece, beside what is worn already. */
  putOn(piece: WornPiece): void {
    this.#isStale = true;
    const free = this.#pieces.indexOf(null);
    this.#pieces[free < 0 ? this.#pieces.length : free] = piece;
    this.root.add(piece.root);
    this.#tellNeeds();
  }

  /** @throws PieceError `variant-unknown` */
  setVariant(url: string, variant: string | null): void {
    this.#isStale = true;
    this.#find(url)?.setVariant(variant);
  }

  /** What is worn, in the order in which it was put on: rings of one finger lie on each other in it. */
  arrange(pieces: readonly WornPlace[]): void {
    this.#isStale = true;
    const stack = new FingerStack();
    for (const { url, finger } of pieces) this.#find(url)?.arrange(finger ?? null, stack);
    const looked = pieces.length === 1 ? pieces[0] : pieces.find((piece) => piece.looked);
    this.#lead.part = ledPart(looked && this.#find(looked.url));
  }

  /** Takes off what is worn from this address, if it is. */
  takeOff(url: string): void {
    this.#isStale = true;
    for (const [slot, piece] of this.#pieces.entries()) {
      if (piece?.url !== url) continue;
      piece.dispose();
      this.#pieces[slot] = null;
      setContactShadow(this.#shadow, slot, null, null, 0);
    }
    this.#tellNeeds();
  }

  /** So much of the view's height is covered from below by controls: what is worn there is not seen. */
  setCovered(share: number): void {
    this.#isStale = true;
    this.#coveredShare = share;
  }

  /** Takes over the lease of the mannequin's model. */
  setMannequin(lease: ModelLease): void {
    this.#isStale = true;
    this.#mannequin?.dispose();
    this.#mannequin = new Mannequin(lease, this.#shadow);
    this.#mannequin.root.visible = false;
    this.root.add(this.#mannequin.root);
  }

  /**
   * The point of the unmirrored camera picture, in its pixels, that the client sees at a point of the view (CSS pixels from
   * its upper left corner); null where there is no camera picture.
   */
  pictureAt(viewX: number, viewY: number): { readonly uPx: number; readonly vPx: number } | null {
    if (!this.#showsCamera || this.#viewWidthPx === 0 || this.#viewHeightPx === 0) return null;
    const { xPx, yPx, widthPx, heightPx } = this.#crop;
    // The canvas is mirrored by its style, not in here.
    const across = 1 - viewX / this.#viewWidthPx;
    return { uPx: xPx + across * widthPx, vPx: yPx + (viewY / this.#viewHeightPx) * heightPx };
  }

  /** After the GPU forgot everything: what lived in its memory only is made again. */
  contextRestored(): void {
    this.#isStale = true;
    this.#light.rebake();
    this.#scene.environment = this.#light.texture;
    for (const piece of this.#pieces) piece?.rebake(this.#renderer);
  }

  /**
   * One displayed frame: takes the newest tracked frame if there is one, and moves everything to it. False when the picture
   * is the one already shown: a display is faster than a camera, and drawing twice takes the tracker's time.
   */
  update(deltaMs: number, viewWidthPx: number, viewHeightPx: number): boolean {
    // React unmounts a little later than the stage ends; a frame taken then would never be closed.
    if (this.#disposed) return false;
    if (this.#viewWidthPx !== viewWidthPx || this.#viewHeightPx !== viewHeightPx) {
      this.#viewWidthPx = viewWidthPx;
      this.#viewHeightPx = viewHeightPx;
      this.#isStale = true;
    }
    const frame = this.#tracker?.takeFrame() ?? null;
    if (frame !== null) this.#take(frame, viewWidthPx, viewHeightPx);
    // Between two frames the picture stands still, and so does what is worn in it.
    let changed = this.#isStale || frame !== null;
    for (const piece of this.#pieces) {
      if (piece?.fade(this.#frameAtMs, deltaMs)) changed = true;
    }
    this.#isStale = false;
    if (changed) {
      for (let slot = 0; slot < this.#pieces.length; slot += 1) {
        this.#pieces[slot]?.settle(this.#showsCamera, this.#shadow, slot);
        this.#pieces[slot]?.showDetail(this.#focalPx());
      }
    }
    return changed;
  }

  dispose(): void {
    this.#disposed = true;
    for (const url of this.worn) this.takeOff(url);
    this.#mannequin?.dispose();
    this.#occluder?.dispose();
    for (const occluder of this.#handOccluders) occluder.dispose();
    this.#displayHand?.dispose();
    this.#backdrop.dispose();
    this.#light.dispose();
    this.root.removeFromParent();
  }

  #take(frame: TrackedFrame, viewWidthPx: number, viewHeightPx: number): void {
    this.#framesShown += 1;
    this.#frameAtMs = frame.anchors.capturedAtMs;
    this.latency.add(this.#clock.monotonicMs() - frame.anchors.capturedAtMs);
    if (this.#showsCamera !== (frame.image !== null)) {
      this.#showsCamera = frame.image !== null;
      this.#onMirrored(this.#showsCamera);
    }
    this.#backdrop.show(frame.image);
    coverCrop(frame.intrinsics, viewWidthPx, viewHeightPx, this.#crop);
    if (this.#showsCamera) {
      this.#lead.lead(this.#crop, frame.intrinsics, frame.anchors, this.#coveredShare, this.#frameAtMs);
    }
    this.#backdrop.place(frame.intrinsics, this.#crop, viewWidthPx, viewHeightPx);
    writeProjection(frame.intrinsics, this.#crop, this.#camera.projectionMatrix.elements);
    this.#camera.projectionMatrixInverse.copy(this.#camera.projectionMatrix).invert();
    const { tint, exposure } = frame.anchors.light;
    this.#lightTint.value.set(tint[0], tint[1], tint[2]);
    this.#exposure.value = clampExposure(exposure);
    this.#scene.environmentIntensity = this.#showsCamera ? this.#exposure.value : 1;
    const hands = this.#handsOf(frame);
    this.#takeWearer(frame.anchors, hands);
    this.#takeHands(hands);
    if (this.#occluder) this.#occluder.root.visible = this.#showsCamera && this.#wearer.face !== null;
    if (this.#mannequin) this.#mannequin.root.visible = !this.#showsCamera;
  }

  /** The client's hands; where there is no camera, the one on the counter while something is worn on it. */
  #handsOf({ anchors, intrinsics }: TrackedFrame): readonly HandAnchors[] {
    const shows = this.#handShows;
    const isWanted = !this.#showsCamera && shows !== 'nothing';
    if (this.#displayHand) this.#displayHand.mesh.visible = isWanted;
    if (!isWanted) return anchors.hands;
    this.#displayHand ??= this.#createDisplayHand();
    const [x, y, z, w] = anchors.faces[0]?.cameraFromAnchor.head.rotation ?? [0, 0, 0, 1];
    const yawRad = Math.atan2(2 * (w * y + x * z), 1 - 2 * (x * x + y * y));
    const { width } = this.#renderer.domElement;
    return [
      this.#displayHand.hold(shows, yawRad, intrinsics, this.#crop, width, this.#camera.projectionMatrix),
    ];
  }

  #createDisplayHand(): DisplayHand {
    const hand = new DisplayHand();
    hand.mesh.renderOrder = renderOrders.occluder;
    this.root.add(hand.mesh);
    return hand;
  }

  #takeWearer({ faces, body }: AnchorFrame, hands: readonly HandAnchors[]): void {
    const face = faces[0] ?? null;
    this.#wearer.face = face;
    this.#wearer.hands = hands;
    this.#wearer.body = body;
    this.#wearer.capturedAtMs = this.#frameAtMs;
    const identity = face?.identity ?? hands[0]?.identity ?? body?.identity ?? null;
    if (identity !== null && identity !== this.#identity) {
      this.#identity = identity;
      for (const piece of this.#pieces) piece?.forgetFit();
    }
    if (face !== null) this.#takeHead(face);
    for (const piece of this.#pieces) {
      if (piece === null) continue;
      piece.follow(this.#wearer);
      const placed = piece.noticePlace(this.#frameAtMs, this.#isInView(piece.root.position));
      if (placed !== null) this.#onPlaced(piece.url, placed);
    }
  }

  /** Whether a place is within what the client sees of the picture; a piece without one place of its own always is. */
  #isInView(place: Vector3): boolean {
    if (place.lengthSq() === 0) return true;
    const { x, y } = this.#onView.copy(place).applyMatrix4(this.#camera.projectionMatrix);
    return Math.abs(x) <= 1 && y <= 1 && y >= 2 * this.#coveredShare - 1;
  }

  #find(url: string): WornPiece | undefined {
    return this.#pieces.find((piece) => piece?.url === url) ?? undefined;
  }

  #uniformsOf(url: string): ProductUniforms {
    const known = this.#uniforms.get(url);
    if (known !== undefined) return known;
    const made = createProductUniforms(this.#lightTint);
    this.#uniforms.set(url, made);
    return made;
  }

  #tellNeeds(): void {
    const shown = this.#pieces.map((piece) => piece?.handShows);
    this.#handShows = shown.includes('wrist') ? 'wrist' : shown.includes('fingers') ? 'fingers' : 'nothing';
    const needs = new Set(this.#pieces.flatMap((piece) => piece?.needs ?? []));
    if (needs.size > 0) this.#tracker?.setNeeds([...needs]);
  }

  /** Pixels on the screen of a tangent of 1. */
  #focalPx(): number {
    const perHalfView = this.#camera.projectionMatrix.elements[5] ?? 1;
    return (perHalfView * this.#viewHeightPx * this.#renderer.getPixelRatio()) / 2;
  }

  #takeHands(hands: readonly HandAnchors[]): void {
    for (let hand = 0; hand < hands.length; hand += 1) {
      const anchors = hands[hand];
      if (anchors === undefined || !this.#showsCamera) continue;
      const occluder = this.#handOccluders[hand] ?? this.#createHandOccluder();
      occluder.update(anchors);
    }
    for (let hand = 0; hand < this.#handOccluders.length; hand += 1) {
      const occluder = this.#handOccluders[hand];
      if (occluder) occluder.root.visible = this.#showsCamera && hand < hands.length;
    }
  }

  #createHandOccluder(): HandOccluder {
    const occluder = new HandOccluder(this.#shadow);
    this.#handOccluders.push(occluder);
    this.root.add(occluder.root);
    return occluder;
  }

  #takeHead(face: FaceAnchors): void {
    const { head, leftEar, rightEar } = face.cameraFromAnchor;
    if (this.#showsCamera) {
      this.#occluder ??= this.#createOccluder(face);
      placeNode(this.#occluder.root, head);
      this.#ears.measure(head, leftEar.translationMm, rightEar.translationMm);
      this.#occluder.update(face.headMeshMm, this.#ears.left, this.#ears.right);
    } else {
      this.#mannequin?.pose(head);
    }
  }

  #createOccluder(face: FaceAnchors): HeadOccluder {
    const triangles = this.#triangles() ?? [];
    const occluder = new HeadOccluder(face.headMeshMm.length / 3, triangles, this.#shadow);
    this.root.add(occluder.root);
    return occluder;
  }

  #triangles(): ArrayLike<number> | null {
    const given = this.#faceTriangles;
    return typeof given === 'function' ? given() : given;
  }
}

/** Where a piece is to be seen. */
function ledPart(piece: WornPiece | undefined): LedPart {
  if (piece === undefined) return 'face';
  if (piece.handShows !== 'nothing') return piece.handShows;
  if (piece.needs.includes('hand')) return 'carried';
  return piece.needs.includes('body') ? 'neck' : 'face';
}

/** In the dark a product stays readable, and a bright window behind the client does not burn it out. */
function clampExposure(exposure: number): number {
  return Math.min(1.6, Math.max(0.25, exposure));
}
