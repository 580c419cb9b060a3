import { Group, Mesh, type Material, type Object3D, type WebGLRenderer } from 'three';
import type { Category } from '../../protocol/product.ts';
import type { TrackedPart } from '../../sdk/tracking/tracker.ts';
import { wearingCategory } from '../categories/wearing-categories.ts';
import type { DepthFade, Wearer, Wearing, WearingCategory } from '../categories/wearing.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { bakeCoverage, type CoverageMap } from '../surface/coverage-map.ts';
import { hiddenShare } from '../surface/hidden-share.ts';
import { dressProduct, type ProductUniforms } from '../surface/dress-product.ts';

/** What a model is taken for that does not say: one that did not come through our pipeline. */
const SUPPOSED: Category = 'eyewear';

/** One piece on the stage: the leased model, how its category wears it, and its contact shadow's map. */
export class WornPiece {
  readonly root = new Group();
  readonly url: string;
  #coverage: CoverageMap;
  readonly #lease: ModelLease;
  readonly #piece = new Group();
  readonly #category: WearingCategory;
  readonly #wearing: Wearing;

  /** Takes over `lease`. */
  constructor(url: string, lease: ModelLease, uniforms: ProductUniforms, renderer: WebGLRenderer) {
    this.url = url;
    this.#lease = lease;
    for (const material of lease.model.variants.materials()) dressProduct(material, uniforms);
    lease.instance.traverse((node) => dressMesh(node, uniforms));
    placeAnchorAtOrigin(lease);
    this.#category = wearingCategory(lease.model.extras?.category ?? SUPPOSED);
    this.#coverage = bakeCoverage(renderer, lease.instance, this.#category.coverage);
    const { root } = this;
    this.#wearing = this.#category.prepare({ root, piece: this.#piece, instance: lease.instance });
    this.#piece.add(lease.instance);
    root.add(this.#piece);
  }

  /** What the piece hides of the light on the face. */
  get coverage(): CoverageMap {
    return this.#coverage;
  }

  /** Makes anew what lived in GPU memory only. */
  rebake(renderer: WebGLRenderer): void {
    this.#coverage.dispose();
    // The map is drawn in the piece's own frame, so it is baked without a parent that moves it.
    this.#lease.instance.removeFromParent();
    this.#coverage = bakeCoverage(renderer, this.#lease.instance, this.#category.coverage);
    this.#piece.add(this.#lease.instance);
  }

  /** The frame in which the contact shadow's map is drawn. */
  get pieceFrame(): Object3D {
    return this.#piece;
  }

  /** Where a real head hides the piece more softly than the occluder can; null where it does not. */
  get fade(): DepthFade | null {
    return this.#wearing.fade;
  }

  /** @throws PieceError `variant-unknown` */
  setVariant(name: string | null): void {
    this.#lease.model.variants.apply(this.#lease.instance, name);
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

  /** Moves the piece to where this person carries it; tells how surely they do, 0 to 1. */
  follow(wearer: Wearer): number {
    return this.#wearing.follow(wearer);
  }

  dispose(): void {
    this.root.removeFromParent();
    this.#coverage.dispose();
    this.#lease.release();
  }
}

/** From here on the piece's frame and its anchor's are one. */
function placeAnchorAtOrigin({ instance, model }: ModelLease): void {
  const wornFrame = model.extras?.wornFrame;
  if (!wornFrame) return;
  instance.quaternion.fromArray(wornFrame.rotation).invert();
  instance.position.fromArray(wornFrame.translationMm).applyQuaternion(instance.quaternion).negate();
}

function dressMesh(node: Object3D, uniforms: ProductUniforms): void {
  if (!(node instanceof Mesh)) return;
  for (const material of [node.material].flat() as Material[]) dressProduct(material, uniforms);
  // A clear lens is no blocker, and a shadow map knows nothing in between.
  node.castShadow = [node.material].flat().every((material: Material) => hiddenShare(material) > 0.5);
  node.receiveShadow = true;
}
