import { Group, PerspectiveCamera, Vector3, type IUniform, type Scene, type WebGLRenderer } from 'three';
import type { AnchorFrame } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { TrackedFrame, Tracker } from '../../sdk/tracking/tracker.ts';
import type { FaceSurface } from '../categories/wearing.ts';
import { houseStudio } from '../light/studio.ts';
import { StudioLight } from '../light/studio-light.ts';
import type { Model } from '../models/load-model.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { createContactShadowUniforms, setContactShadow } from '../surface/contact-shadow.ts';
import { createProductUniforms, type ProductUniforms } from '../surface/dress-product.ts';
import type { StageTheme } from '../theme.ts';
import { Backdrop } from './backdrop.ts';
import { DisplayHand } from './display-hand.ts';
import { HandOccluder } from './hand-occluder.ts';
import { renderOrders } from './render-orders.ts';
import { LatencyGauge } from './latency-gauge.ts';
import { Mannequin } from './mannequin.ts';
import { coverCrop, writeProjection, type CoverCrop } from './projection.ts';
import { DressedPerson } from './dressed-person.ts';
import { Seats } from './seats.ts';
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
  /** Called when another of those in the mirror is served first: the number of their seat. */
  readonly onServed: (seat: number) => void;
}

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
  readonly #onServed: MirrorStageOptions['onServed'];
  readonly #clock: Clock;
  readonly #light: StudioLight;
  readonly #backdrop: Backdrop;
  readonly #faceTriangles: FaceTriangles;
  readonly #face: FaceSurface;
  readonly #exposure: IUniform<number> = { value: 1 };
  readonly #lightTint: IUniform<Vector3> = { value: new Vector3(1, 1, 1) };
  /** A model's materials keep the uniforms with which they were dressed first. */
  readonly #uniforms = new WeakMap<Model, ProductUniforms>();
  readonly #shadow = createContactShadowUniforms();
  readonly #crop: CoverCrop = { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 };
  readonly #seats = new Seats();
  /** One for each seat that was ever taken. */
  readonly #people: DressedPerson[] = [];
  #served: number | null = null;
  readonly #onView = new Vector3();
  /** One for each hand that was seen at once. */
  readonly #handOccluders: HandOccluder[] = [];
  #mannequin: Mannequin | null = null;
  #displayHand: DisplayHand | null = null;
  /** What the pieces ask of the hand on the counter. */
  #handShows: 'fingers' | 'wrist' | 'nothing' = 'nothing';
  /** What is worn together: one light, one occluder. Each has the shadow slot of its place. */
  readonly #pieces: (WornPiece | null)[] = [];
  #tracker: Tracker | null = null;
  #frameAtMs = 0;
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
    this.#onServed = options.onServed;
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

  variantNames(url: string): readonly string[] {
    return this.#find(url)?.variantNames ?? [];
  }

  setTracker(tracker: Tracker | null): void {
    this.#tracker = tracker;
    for (const person of this.#people) person.forget();
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
  async preparePiece(url: string, lease: ModelLease, variant: string | null): Promise<WornPiece> {
    let piece: WornPiece;
    try {
      piece = new WornPiece(url, lease, this.#uniformsOf(lease.model), {
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

  /** Who wears what comes from this address. */
  setSeat(url: string, seat: number): void {
    const piece = this.#find(url);
    if (!piece || piece.seat === seat) return;
    this.#isStale = true;
    piece.seat = seat;
    piece.forgetFit();
  }

  /** How many people may be dressed. */
  setPeople(people: number): void {
    this.#isStale = true;
    this.#seats.setCount(people);
    this.#served = null;
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
        const piece = this.#pieces[slot];
        piece?.settle(this.#showsCamera, this.#shadow, slot, this.#person(piece.seat).hair);
      }
    }
    return changed;
  }

  dispose(): void {
    this.#disposed = true;
    for (const url of this.worn) this.takeOff(url);
    this.#mannequin?.dispose();
    for (const person of this.#people) person.dispose();
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
    this.#backdrop.place(frame.intrinsics, this.#crop, viewWidthPx, viewHeightPx);
    writeProjection(frame.intrinsics, this.#crop, this.#camera.projectionMatrix.elements);
    this.#camera.projectionMatrixInverse.copy(this.#camera.projectionMatrix).invert();
    const { tint, exposure } = frame.anchors.light;
    this.#lightTint.value.set(tint[0], tint[1], tint[2]);
    this.#exposure.value = clampExposure(exposure);
    this.#scene.environmentIntensity = this.#showsCamera ? this.#exposure.value : 1;
    const hands = this.#handsOf(frame);
    this.#takeWearers(frame.anchors, hands);
    this.#takeHands(hands);
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

  #takeWearers(anchors: AnchorFrame, hands: readonly HandAnchors[]): void {
    const served = this.#seats.follow(anchors.faces);
    if (served !== null && served !== this.#served) this.#onServed(served);
    this.#served = served ?? this.#served;
    for (let seat = 0; seat < Math.max(this.#seats.count, this.#people.length); seat += 1) {
      const person = this.#person(seat);
      const isAnother = person.take(anchors, this.#seats.faceOn(seat), hands);
      if (isAnother) {
        for (const piece of this.#pieces) if (piece?.seat === seat) piece.forgetFit();
      }
      person.hide(this.#showsCamera);
    }
    const face = this.#seats.faceOn(0);
    if (!this.#showsCamera && face !== null) this.#mannequin?.pose(face.cameraFromAnchor.head);
    for (const piece of this.#pieces) {
      if (piece === null) continue;
      piece.follow(this.#person(piece.seat).wearer);
      const placed = piece.noticePlace(this.#frameAtMs, this.#isInView(piece.root.position));
      if (placed !== null) this.#onPlaced(piece.url, placed);
    }
  }

  #person(seat: number): DressedPerson {
    const known = this.#people[seat];
    if (known !== undefined) return known;
    const made = new DressedPerson(this.root, this.#shadow, () => this.#triangles());
    this.#people[seat] = made;
    return made;
  }

  /** Whether a place is within what the view shows of the picture; a piece without one place of its own always is. */
  #isInView(place: Vector3): boolean {
    if (place.lengthSq() === 0) return true;
    const { x, y } = this.#onView.copy(place).applyMatrix4(this.#camera.projectionMatrix);
    return Math.abs(x) <= 1 && Math.abs(y) <= 1;
  }

  #find(url: string): WornPiece | undefined {
    return this.#pieces.find((piece) => piece?.url === url) ?? undefined;
  }

  #uniformsOf(model: Model): ProductUniforms {
    const known = this.#uniforms.get(model);
    if (known !== undefined) return known;
    const made = createProductUniforms(this.#lightTint);
    this.#uniforms.set(model, made);
    return made;
  }

  #tellNeeds(): void {
    const shown = this.#pieces.map((piece) => piece?.handShows);
    this.#handShows = shown.includes('wrist') ? 'wrist' : shown.includes('fingers') ? 'fingers' : 'nothing';
    const needs = new Set(this.#pieces.flatMap((piece) => piece?.needs ?? []));
    if (needs.size > 0) this.#tracker?.setNeeds([...needs]);
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

  #triangles(): ArrayLike<number> | null {
    const given = this.#faceTriangles;
    return typeof given === 'function' ? given() : given;
  }
}

/** In the dark a product stays readable, and a bright window behind the client does not burn it out. */
function clampExposure(exposure: number): number {
  return Math.min(1.6, Math.max(0.25, exposure));
}
