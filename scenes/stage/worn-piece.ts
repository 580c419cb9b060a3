import { Box3, Group, Matrix4, Mesh, Vector3, type Material, type Object3D, type WebGLRenderer } from 'three';
import type { Category } from '../../protocol/product.ts';
import type { Spot } from '../../protocol/together.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import { yawOf } from '../../sdk/geometry/pose-algebra.ts';
import type { TrackedPart } from '../../sdk/tracking/tracker.ts';
import { wearingCategory } from '../categories/wearing-categories.ts';
import type {
  Arrangement,
  FaceSurface,
  SeenView,
  Wearer,
  Wearing,
  WearingCategory,
} from '../categories/wearing.ts';
import { detailFor, type Detail } from '../models/detail.ts';
import type { Model } from '../models/load-model.ts';
import { primitiveOf } from '../models/material-variants.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { PieceError } from '../models/piece-error.ts';
import { setContactShadow, type ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { bakeCoverage, type CoverageMap } from '../surface/coverage-map.ts';
import { forgetHair, type HairCover } from '../surface/hair-cover.ts';
import { hiddenShare } from '../surface/hidden-share.ts';
import { SpotGlow } from '../surface/spot-glow.ts';
import { spotPlace } from '../surface/spot-place.ts';
import { dressProduct, NO_FADE_MM, type ProductUniforms } from '../surface/dress-product.ts';
import { Presence } from './presence.ts';

/** What a model is taken for that does not say: one that did not come through our pipeline. */
const SUPPOSED: Category = 'eyewear';

/** One piece on the stage: the leased model, how its category wears it, its contact shadow's map, and how much of it is there. */
export class WornPiece {
  readonly root = new Group();
  readonly url: string;
  /** Who wears it: the number of their seat. */
  seat = 0;
  readonly #uniforms: ProductUniforms;
  /** Whose node tree is worn. */
  readonly #lease: ModelLease;
  readonly #levels: Record<Detail, ModelLease | null> = { near: null, far: null };
  #detail: Detail;
  #variant: string | null = null;
  /** The piece's largest extent, and a node by which its distance is known. */
  readonly #extentMm: number;
  readonly #middle: Object3D;
  #disposed = false;
  /** The instance, and what its category took out of it to place it by itself: each earring on its ear. */
  readonly #piece = new Group();
  readonly #category: WearingCategory;
  readonly #wearing: Wearing;
  readonly #pieceFromWorld = new Matrix4();
  #coverage: CoverageMap | null;
  #glow: SpotGlow | null = null;
  readonly #presence = new Presence();
  #wasPlaced: boolean | null = null;
  #wasHidden: boolean | null = null;

  /** Takes over `lease`, the piece in one of its levels. `uniforms` are the piece's own. @throws PieceError `category-unknown` */
  constructor(
    url: string,
    lease: ModelLease,
    detail: Detail,
    uniforms: ProductUniforms,
    {
      renderer,
      clock,
      face,
    }: { readonly renderer: WebGLRenderer; readonly clock: Clock; readonly face: FaceSurface },
  ) {
    this.#category = wearingCategory(lease.model.extras?.category ?? SUPPOSED);
    this.url = url;
    this.#lease = lease;
    this.#levels[detail] = lease;
    this.#detail = detail;
    this.#uniforms = uniforms;
    const { underHair } = this.#category;
    if (underHair) uniforms.underHairZ.value.set(underHair.goneMm, underHair.wholeMm);
    this.dress(lease.model);
    const extent = new Box3().setFromObject(lease.instance).getSize(new Vector3());
    this.#extentMm = Math.max(extent.x, extent.y, extent.z);
    this.#middle = firstMesh(lease.instance) ?? lease.instance;
    lease.instance.traverse((node) => {
      if (node instanceof Mesh) dressMesh(node, uniforms);
    });
    placeAnchorAtOrigin(lease);
    this.#coverage = this.#bake(renderer);
    const { root } = this;
    this.#wearing = this.#category.prepare({
      root,
      piece: this.#piece,
      instance: lease.instance,
      extras: lease.model.extras,
      clock,
      face,
      presence: uniforms.presence,
    });
    this.#piece.add(lease.instance);
    root.add(this.#piece);
    this.#show();
  }

  /** Makes anew what lived in GPU memory only. */
  rebake(renderer: WebGLRenderer): void {
    this.#coverage?.dispose();
    // The map is drawn in the piece's own frame, so it is baked without a parent that moves it.
    this.#lease.instance.removeFromParent();
    this.#coverage = this.#bake(renderer);
    this.#piece.add(this.#lease.instance);
  }

  /** The level that is drawn. */
  get detail(): Detail {
    return this.#detail;
  }

  /** What draws the piece: its finest level that is there. */
  get model(): Model {
    return (this.#levels.near ?? this.#lease).model;
  }

  /** Whether it darkens what it lies on. */
  get castsShadow(): boolean {
    return this.#category.shadow !== null;
  }

  get variant(): string | null {
    return this.#variant;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /**
   * Takes over the piece's other level; from now on the one is drawn that its size on the screen asks for. Both wear the materials
   * of the fine one. @throws PieceError `piece-malformed` where the levels are not made of the same parts
   */
  addLevel(detail: Detail, lease: ModelLease): void {
    const parts = this.#lease.model.geometries.length;
    if (lease.model.geometries.length !== parts) {
      lease.release();
      throw new PieceError('piece-malformed', `The levels of detail of ${this.url} differ in their parts.`);
    }
    this.#levels[detail]?.release();
    this.#levels[detail] = lease;
    this.dress(lease.model);
    this.setVariant(this.#variant);
  }

  /** Lets the materials of one of the piece's levels take what the stage tells. */
  dress(model: Model): void {
    for (const material of model.variants.materials()) dressProduct(material, this.#uniforms);
  }

  /** One displayed frame: draws the level that its size on the screen asks for. `focalPx`: pixels of a tangent of 1. */
  showDetail(focalPx: number): void {
    if (this.#levels.near === null || this.#levels.far === null) return;
    const distanceMm = -(this.#middle.matrixWorld.elements[14] ?? 0);
    if (distanceMm <= 0) return;
    const detail = detailFor((this.#extentMm * focalPx) / distanceMm, this.#detail);
    if (detail !== this.#detail) this.#drawAs(detail);
  }

  #drawAs(detail: Detail): void {
    const geometries = this.#levels[detail]?.model.geometries;
    if (geometries === undefined) return;
    this.#detail = detail;
    this.#piece.traverse((node) => {
      if (!(node instanceof Mesh)) return;
      const geometry = geometries[primitiveOf(node) ?? -1];
      if (geometry !== undefined) node.geometry = geometry;
    });
  }

  /** @throws PieceError `variant-unknown` */
  setVariant(name: string | null): void {
    this.model.variants.apply(this.#piece, name);
    this.#variant = name;
    this.#wearing.setVariant?.(name ?? this.variantNames[0] ?? '');
  }

  /** The look has changed: this piece's part in it, in the look's order. */
  arrange(arrangement: Arrangement): void {
    this.#wearing.arrange?.(arrangement);
  }

  /** What it takes of the wrist from a watch's place towards the elbow, millimetres. */
  get watchMm(): number {
    return this.#wearing.watchMm ?? 0;
  }

  get variantNames(): readonly string[] {
    return this.model.variants.names;
  }

  /** Lights a spot of the piece, or puts its light out. */
  light(spot: Spot | null): void {
    if (spot !== null) this.#glow ??= new SpotGlow(this.#extentMm);
    this.#glow?.shine(spot && spotPlace(spot, this.#lease.model.prototype, this.#piece));
  }

  /** Another person: the next `follow` is taken whole. */
  forgetFit(): void {
    this.#wearing.forgetFit();
  }

  /** What must be tracked for this piece to be placed. */
  get needs(): readonly TrackedPart[] {
    return this.#category.needs;
  }

  /** Whether no bust could carry it. */
  get isShownAlone(): boolean {
    return this.#category.shownAlone === true;
  }

  /** What the hand on the counter has to show. */
  get handShows(): 'fingers' | 'wrist' | 'nothing' {
    if (!this.needs.includes('hand')) return 'nothing';
    return this.#category.handShows ?? 'fingers';
  }

  /** Takes a tracked frame: moves the piece to where this person carries it, if they do; it comes once it is known what their hair hides of it. */
  follow(wearer: Wearer, hair: HairCover | null): void {
    const sure = this.#wearing.follow(wearer);
    const waits = this.#category.hiddenByHair === true && hair?.isAwaited === true;
    this.#presence.note(waits ? 0 : sure, wearer.capturedAtMs);
  }

  /** Where there is no camera: has the piece fill the view by itself, turned as the bust would be. */
  showAlone({ projection, coveredShare }: SeenView, wearer: Wearer): void {
    const rotation = wearer.face?.cameraFromAnchor.head.rotation;
    const yawRad = rotation === undefined ? 0 : yawOf(rotation);
    this.follow({ ...wearer, alone: { projection, coveredShare, yawRad } }, null);
  }

  /** Somebody else stands there from one picture to the next: it is on them at once, or not there at all. */
  forgetPlace(): void {
    this.#presence.forget();
  }

  /** One displayed frame: comes or goes a little; tells whether that changed the picture. */
  fade(frameAtMs: number, deltaMs: number): boolean {
    return this.#presence.fade(frameAtMs, deltaMs);
  }

  /** The place that has to be in view for the piece to be seen, world (mm). */
  get sight(): Vector3 {
    return this.#wearing.sight ?? this.root.position;
  }

  /** Whether the piece has a place at this time where the client sees it, if that is news; null otherwise. */
  noticePlace(frameAtMs: number, isInView: boolean): boolean | null {
    const isPlaced = isInView && this.#presence.isPlaced(frameAtMs);
    if (isPlaced === this.#wasPlaced) return null;
    this.#wasPlaced = isPlaced;
    return isPlaced;
  }

  /** Whether the wearer's hair hides the piece, if that is news; null otherwise. */
  noticeHair({ hidesEars }: HairCover): boolean | null {
    const isHidden = hidesEars && this.#category.hiddenByHair === true;
    if (isHidden === this.#wasHidden) return null;
    this.#wasHidden = isHidden;
    return isHidden;
  }

  /** Tells the shaders where the piece is and how much of it, and lets its shadow fall from the slot that is its own; from none below 0. */
  settle(showsCamera: boolean, shadow: ContactShadowUniforms, slot: number, hair: HairCover): void {
    this.#show();
    hair.lieOver(this.#uniforms);
    this.#piece.updateWorldMatrix(true, true);
    this.#pieceFromWorld.copy(this.#piece.matrixWorld).invert();
    this.#uniforms.pieceFromWorld.value.copy(this.#pieceFromWorld);
    // A map that was drawn from above has the piece's height along its own z.
    const fallen = shadow.piecesFromWorld.value[slot]?.copy(this.#pieceFromWorld);
    if (this.#category.shadow?.falls === 'down') fallen?.premultiply(zFromY);
    setContactShadow(
      shadow,
      slot,
      this.#coverage,
      this.#category.shadow?.shape ?? null,
      this.#presence.value,
    );
    const { fade, occluder } = this.#wearing;
    if (occluder) occluder.visible = showsCamera;
    if (showsCamera && fade) this.#uniforms.fadeZ.value.set(fade.goneMm, fade.wholeMm);
    else this.#uniforms.fadeZ.value.set(NO_FADE_MM - 1, NO_FADE_MM);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.root.removeFromParent();
    this.#wearing.dispose?.();
    this.#glow?.dispose();
    this.#coverage?.dispose();
    // What dresses its materials outlives it.
    forgetHair(this.#uniforms);
    this.#levels.near?.release();
    this.#levels.far?.release();
  }

  #show(): void {
    const { value } = this.#presence;
    this.root.visible = value > 0;
    this.#uniforms.presence.value = value;
  }

  #bake(renderer: WebGLRenderer): CoverageMap | null {
    const { shadow } = this.#category;
    if (shadow === null) return null;
    const { instance } = this.#lease;
    if (shadow.falls !== 'down') return bakeCoverage(renderer, instance, shadow.coverage);
    const upright: Object3D = new Group().add(instance);
    upright.applyMatrix4(zFromY);
    const map = bakeCoverage(renderer, upright, shadow.coverage);
    instance.removeFromParent();
    return map;
  }
}

/** Turns a piece so that its y axis points where a coverage map looks from. */
const zFromY = new Matrix4().makeRotationX(Math.PI / 2);

/** From here on the piece's frame and its anchor's are one. */
function placeAnchorAtOrigin({ instance, model }: ModelLease): void {
  const wornFrame = model.extras?.wornFrame;
  if (!wornFrame) return;
  instance.quaternion.fromArray(wornFrame.rotation).invert();
  instance.position.fromArray(wornFrame.translationMm).applyQuaternion(instance.quaternion).negate();
}

function firstMesh(root: Object3D): Mesh | null {
  let found: Mesh | null = null;
  root.traverse((node) => {
    if (found === null && node instanceof Mesh) found = node;
  });
  return found;
}

function dressMesh(mesh: Mesh, uniforms: ProductUniforms): void {
  for (const material of [mesh.material].flat()) dressProduct(material, uniforms);
  // A clear lens is no blocker, and a shadow map knows nothing in between.
  mesh.castShadow = [mesh.material].flat().every((material: Material) => hiddenShare(material) > 0.5);
  mesh.receiveShadow = true;
}
