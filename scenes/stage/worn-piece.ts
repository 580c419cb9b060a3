import { Group, Mesh, type Material, type Object3D, type WebGLRenderer } from 'three';
import { fitEyewear, type EyewearFit, type EyewearSeat, type TempleShape } from '../categories/eyewear.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { bakeCoverage, type CoverageMap } from '../surface/coverage-map.ts';
import { hiddenShare } from '../surface/hidden-share.ts';
import { dressProduct, type ProductUniforms } from '../surface/dress-product.ts';
import { measureTemple } from './measure-temple.ts';

/** How fast the fit follows a new measurement of the ears: a frame that creeps on the nose looks loose. */
const FIT_SHARE_PER_FRAME = 0.12;
const COVERAGE = { resolutionPx: 256, blurMm: 2.4, marginMm: 14, aboveZMm: -22 } as const;

interface Temple {
  readonly shape: TempleShape;
  readonly pivot: Group;
}

/**
 * One piece of eyewear on the stage: the leased model, its turning temples, and its contact shadow's map. `root` takes
 * the anchor's pose (mm).
 */
export class WornPiece {
  readonly root = new Group();
  readonly url: string;
  #coverage: CoverageMap;
  readonly #lease: ModelLease;
  readonly #tilt = new Group();
  readonly #left: Temple | null;
  readonly #right: Temple | null;
  readonly #target: EyewearFit = { pitchRad: 0, leftTempleRad: 0, rightTempleRad: 0, earZMm: -100 };
  readonly #fit: EyewearFit = { ...this.#target };
  #fitted = false;

  /** Takes over `lease`. */
  constructor(url: string, lease: ModelLease, uniforms: ProductUniforms, renderer: WebGLRenderer) {
    this.url = url;
    this.#lease = lease;
    for (const material of lease.model.variants.materials()) dressProduct(material, uniforms);
    lease.instance.traverse((node) => dressMesh(node, uniforms));
    placeAnchorAtOrigin(lease);
    this.#coverage = bakeCoverage(renderer, lease.instance, COVERAGE);
    this.#left = prepareTemple(lease.instance, 'temple_left', 1);
    this.#right = prepareTemple(lease.instance, 'temple_right', -1);
    this.#tilt.add(lease.instance);
    this.root.add(this.#tilt);
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
    this.#coverage = bakeCoverage(renderer, this.#lease.instance, COVERAGE);
    this.#tilt.add(this.#lease.instance);
  }

  /** The frame in which the contact shadow's map is drawn. */
  get pieceFrame(): Object3D {
    return this.#tilt;
  }

  get earZMm(): number {
    return this.#fit.earZMm;
  }

  /** @throws PieceError `variant-unknown` */
  setVariant(name: string | null): void {
    this.#lease.model.variants.apply(this.#lease.instance, name);
  }

  get variantNames(): readonly string[] {
    return this.#lease.model.variants.names;
  }

  /** Another face: the next `fit` is taken whole. */
  forgetFit(): void {
    this.#fitted = false;
  }

  /** Takes the anchor's pose and lets the temples meet the ears. */
  wear(seat: EyewearSeat): void {
    this.root.position.set(seat.bridgeMm[0], seat.bridgeMm[1], seat.bridgeMm[2]);
    const [x, y, z, w] = seat.bridgeRotation;
    this.root.quaternion.set(x, y, z, w);
    fitEyewear(seat, this.#left?.shape ?? null, this.#right?.shape ?? null, this.#target);
    const share = this.#fitted ? FIT_SHARE_PER_FRAME : 1;
    this.#fitted = true;
    this.#fit.pitchRad += share * (this.#target.pitchRad - this.#fit.pitchRad);
    this.#fit.leftTempleRad += share * (this.#target.leftTempleRad - this.#fit.leftTempleRad);
    this.#fit.rightTempleRad += share * (this.#target.rightTempleRad - this.#fit.rightTempleRad);
    this.#fit.earZMm += share * (this.#target.earZMm - this.#fit.earZMm);
    this.#tilt.rotation.x = this.#fit.pitchRad;
    if (this.#left) this.#left.pivot.rotation.y = this.#fit.leftTempleRad;
    if (this.#right) this.#right.pivot.rotation.y = this.#fit.rightTempleRad;
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

/** Puts a pivot at the hinge between the temple's node and its parent. The instance has no parent yet: world is piece. */
function prepareTemple(instance: Group, name: string, side: 1 | -1): Temple | null {
  const node = instance.getObjectByName(name);
  const parent = node?.parent;
  if (!node || !parent) return null;
  const shape = measureTemple(node, side);
  if (!shape) return null;
  const pivot = new Group();
  pivot.name = `${name}_pivot`;
  const [x, y, z] = shape.hingeMm;
  instance.updateWorldMatrix(true, true);
  pivot.position.set(x, y, z);
  parent.worldToLocal(pivot.position);
  parent.add(pivot);
  node.position.sub(pivot.position);
  pivot.add(node);
  return { shape, pivot };
}
