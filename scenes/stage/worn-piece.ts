import { Group, Matrix4, Mesh, type Material, type Object3D, type WebGLRenderer } from 'three';
import type { Category } from '../../protocol/product.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { TrackedPart } from '../../sdk/tracking/tracker.ts';
import { wearingCategory } from '../categories/wearing-categories.ts';
import type { FaceSurface, Wearer, Wearing, WearingCategory } from '../categories/wearing.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { setContactShadow, type ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { bakeCoverage, type CoverageMap } from '../surface/coverage-map.ts';
import type { HairCover } from '../surface/hair-cover.ts';
import { hiddenShare } from '../surface/hidden-share.ts';
import { dressProduct, NO_FADE_MM, type ProductUniforms } from '../surface/dress-product.ts';

/** What a model is taken for that does not say: one that did not come through our pipeline. */
const SUPPOSED: Category = 'eyewear';

/**
 * Around half (AnchorFrame's contract) a product fades with the confidence of its place, so that a head that turns too far
 * loses it gradually; and how long it takes at least to come and go.
 */
const GONE_CONFIDENCE = 0.35;
const WHOLE_CONFIDENCE = 0.6;
const FADE_MS = 180;

/** How long, in capture time, a lost place keeps its product there before it fades: detection blinks. */
const HOLD_MS = 120;

/** One piece on the stage: the leased model, how its category wears it, its contact shadow's map, and how much of it is there. */
export class WornPiece {
  readonly root = new Group();
  readonly url: string;
  /** Who wears it: the number of their seat. */
  seat = 0;
  readonly #uniforms: ProductUniforms;
  readonly #lease: ModelLease;
  readonly #piece = new Group();
  readonly #category: WearingCategory;
  readonly #wearing: Wearing;
  readonly #pieceFromWorld = new Matrix4();
  #coverage: CoverageMap | null;
  /** When the piece's place was last seen, and how much of the piece may be shown there, 0 to 1. */
  #placeSeenAtMs = -Infinity;
  #placeShare = 0;
  #presence = 0;
  #wasPlaced: boolean | null = null;

  /** Takes over `lease`. `uniforms` are the model's own. @throws PieceError `category-unknown` */
  constructor(
    url: string,
    lease: ModelLease,
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
    this.#uniforms = uniforms;
    const { underHair } = this.#category;
    if (underHair) uniforms.underHairZ.value.set(underHair.goneMm, underHair.wholeMm);
    for (const material of lease.model.variants.materials()) dressProduct(material, uniforms);
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

  /** @throws PieceError `variant-unknown` */
  setVariant(name: string | null): void {
    this.#lease.model.variants.apply(this.#lease.instance, name);
    this.#wearing.setVariant?.(name ?? this.variantNames[0] ?? '');
  }

  get variantNames(): readonly string[] {
    return this.#lease.model.variants.names;
  }

  /** Another person: the next `follow` is taken whole. */
  forgetFit(): void {
    this.#wearing.forgetFit();
  }

  /** What must be tracked for this piece to be placed. */
  get needs(): readonly TrackedPart[] {
    return this.#category.needs;
  }

  /** What the hand on the counter has to show. */
  get handShows(): 'fingers' | 'wrist' | 'nothing' {
    if (!this.needs.includes('hand')) return 'nothing';
    return this.#category.handShows ?? 'fingers';
  }

  /** Takes a tracked frame: moves the piece to where this person carries it, if they do. */
  follow(wearer: Wearer): void {
    const confidence = this.#wearing.follow(wearer);
    if (confidence <= GONE_CONFIDENCE) return;
    this.#placeSeenAtMs = wearer.capturedAtMs;
    const share = Math.min(1, (confidence - GONE_CONFIDENCE) / (WHOLE_CONFIDENCE - GONE_CONFIDENCE));
    this.#placeShare = share * share * (3 - 2 * share);
  }

  /** One displayed frame: comes or goes a little; tells whether that changed the picture. */
  fade(frameAtMs: number, deltaMs: number): boolean {
    const wanted = frameAtMs - this.#placeSeenAtMs <= HOLD_MS ? this.#placeShare : 0;
    const step = deltaMs / FADE_MS;
    const presence = this.#presence + Math.min(step, Math.max(-step, wanted - this.#presence));
    const changed = presence !== this.#presence;
    this.#presence = presence;
    return changed;
  }

  /** Whether the piece has a place at this time where the client sees it, if that is news; null otherwise. */
  noticePlace(frameAtMs: number, isInView: boolean): boolean | null {
    const isPlaced = isInView && frameAtMs - this.#placeSeenAtMs <= HOLD_MS;
    if (isPlaced === this.#wasPlaced) return null;
    this.#wasPlaced = isPlaced;
    return isPlaced;
  }

  /** Tells the shaders where the piece is and how much of it, and lets its shadow fall from the slot that is its own. */
  settle(showsCamera: boolean, shadow: ContactShadowUniforms, slot: number, hair: HairCover): void {
    this.#show();
    hair.lieOver(this.#uniforms);
    this.#piece.updateWorldMatrix(true, true);
    this.#pieceFromWorld.copy(this.#piece.matrixWorld).invert();
    this.#uniforms.pieceFromWorld.value.copy(this.#pieceFromWorld);
    // A map that was drawn from above has the piece's height along its own z.
    const fallen = shadow.piecesFromWorld.value[slot]?.copy(this.#pieceFromWorld);
    if (this.#category.shadow?.falls === 'down') fallen?.premultiply(zFromY);
    setContactShadow(shadow, slot, this.#coverage, this.#category.shadow?.shape ?? null, this.#presence);
    const { fade } = this.#wearing;
    if (showsCamera && fade) this.#uniforms.fadeZ.value.set(fade.goneMm, fade.wholeMm);
    else this.#uniforms.fadeZ.value.set(NO_FADE_MM - 1, NO_FADE_MM);
  }

  dispose(): void {
    this.root.removeFromParent();
    this.#wearing.dispose?.();
    this.#coverage?.dispose();
    this.#lease.release();
  }

  #show(): void {
    this.root.visible = this.#presence > 0;
    this.#uniforms.presence.value = this.#presence;
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

function dressMesh(mesh: Mesh, uniforms: ProductUniforms): void {
  for (const material of [mesh.material].flat()) dressProduct(material, uniforms);
  // A clear lens is no blocker, and a shadow map knows nothing in between.
  mesh.castShadow = [mesh.material].flat().every((material: Material) => hiddenShare(material) > 0.5);
  mesh.receiveShadow = true;
}
