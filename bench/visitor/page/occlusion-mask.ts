import {
  Color,
  DoubleSide,
  Group,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Scene,
  Vector3,
  WebGLRenderer,
} from 'three';
import type { Object3D } from 'three';
import type { FaceAnchors } from '../../../sdk/anchors/anchor-frame.ts';
import { systemClock } from '../../../sdk/core/clock.ts';
import type { CameraIntrinsics } from '../../../sdk/geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { stillBody } from '../../../sdk/tracking/still-body.ts';
import type { FaceSurface } from '../../../scenes/categories/wearing.ts';
import { ModelCache } from '../../../scenes/models/model-cache.ts';
import { Backdrop } from '../../../scenes/stage/backdrop.ts';
import { writeProjection } from '../../../scenes/stage/projection.ts';
import { HairCover } from '../../../scenes/surface/hair-cover.ts';
import { neutralEstimate } from '../../../sdk/tracking/light-meter.ts';
import { WearerBody } from '../../../scenes/stage/wearer-body.ts';
import { WornPiece } from '../../../scenes/stage/worn-piece.ts';
import { createContactShadowUniforms } from '../../../scenes/surface/contact-shadow.ts';
import { createProductUniforms } from '../../../scenes/surface/dress-product.ts';
import { GlassKeeper } from '../../../scenes/surface/glass.ts';
import { createGrain } from '../../../scenes/surface/grain.ts';
import type { HandForm, HandHold } from '../../../scenes/visitor/hand-form.ts';
import { handTruth } from '../../../scenes/visitor/hand-truth.ts';
import { neutralTheme } from '../../../scenes/theme.ts';
import { VisitorHand } from '../../../scenes/visitor/visitor-hand.ts';
import type { OcclusionOutcome } from './main.ts';

/** Masks are drawn so many times as fine as the picture, so that a frame is wider than 512 pixels. */
const finer = 2;
/** Whatever a piece does to come, it has come after so long. */
const comeMs = 1_000;

/** How a visitor stands whose pieces are compared: the tracked face, and what is true. */
export interface OcclusionPose {
  readonly face: FaceAnchors | null;
  readonly truePose: Pose;
  readonly hand: HandHold | null;
  /** Whether the pieces are worn by the head: then the true body stands where the head was tracked, as the pieces do. */
  readonly onHead: boolean;
}

/** The fit is forgotten with every picture in any case. */
const nobodyElse = (): void => {};

/**
 * The part of a worn piece that is seen: before the true body, before our occluders, and with nothing to hide it; all at the
 * same pose, so that only the hiding differs.
 */
export class OcclusionMask {
  readonly #renderer: WebGLRenderer;
  readonly #camera = new PerspectiveCamera();
  readonly #scene = new Scene();
  readonly #white = new MeshBasicMaterial({ color: '#ffffff', toneMapped: false, side: DoubleSide });
  readonly #cache = new ModelCache();
  readonly #pieces = new Map<string, WornPiece>();
  readonly #truth = new Group();
  readonly #garments: Object3D[] = [];
  readonly #overClothes = new Set<WornPiece>();
  readonly #trueHand = new VisitorHand();
  readonly #ours = new Group();
  readonly #body: WearerBody;
  readonly #bald = new HairCover();
  readonly #intrinsics: CameraIntrinsics;
  readonly #face: FaceSurface;
  readonly #shadow = createContactShadowUniforms();
  readonly #tint = { value: new Vector3(1, 1, 1) };
  readonly #pixels: Uint8Array;

  constructor(
    visitor: Object3D,
    face: CanonicalFace,
    { widthPx, heightPx, fxPx, fyPx, cxPx, cyPx, source }: CameraIntrinsics,
  ) {
    this.#intrinsics = {
      widthPx: widthPx * finer,
      heightPx: heightPx * finer,
      fxPx: fxPx * finer,
      fyPx: fyPx * finer,
      cxPx: cxPx * finer,
      cyPx: cyPx * finer,
      source,
    };
    const { widthPx: width, heightPx: height } = this.#intrinsics;
    this.#renderer = new WebGLRenderer({ antialias: false, preserveDrawingBuffer: true });
    this.#renderer.setPixelRatio(1);
    this.#renderer.setSize(width, height, false);
    this.#pixels = new Uint8Array(width * height * 4);
    this.#camera.matrixAutoUpdate = false;
    writeProjection(
      this.#intrinsics,
      { xPx: 0, yPx: 0, widthPx: width, heightPx: height },
      this.#camera.projectionMatrix.elements,
    );
    this.#camera.projectionMatrixInverse.copy(this.#camera.projectionMatrix).invert();
    this.#scene.background = new Color('#000000');
    this.#face = {
      triangles: () => face.triangles,
      picture: { ...new Backdrop(neutralTheme).uniforms, lightTint: this.#tint, exposure: { value: 1 } },
    };
    const depthOnly = new MeshBasicMaterial({ colorWrite: false });
    const head = visitor.clone(true);
    head.traverse((node) => {
      if (!(node instanceof Mesh)) return;
      node.material = depthOnly;
      if (node.name === 'garment') this.#garments.push(node);
      node.renderOrder = -1;
    });
    this.#truth.add(head);
    this.#trueHand.standBefore(null);
    this.#trueHand.mesh.renderOrder = -1;
    for (const material of [this.#trueHand.mesh.material].flat()) material.colorWrite = false;
    this.#body = new WearerBody(this.#ours, this.#shadow, () => face.triangles);
    this.#body.showCamera(true);
    this.#scene.add(this.#truth, this.#trueHand.mesh, this.#ours);
  }

  /** Of each piece, by its address. */
  async compare(urls: readonly string[], pose: OcclusionPose): Promise<readonly OcclusionOutcome[]> {
    const outcomes: OcclusionOutcome[] = [];
    for (const url of urls) outcomes.push(this.#compare(await this.#pieceOf(url), pose));
    return outcomes;
  }

  async #pieceOf(url: string): Promise<WornPiece> {
    const known = this.#pieces.get(url);
    if (known !== undefined) return known;
    const lease = await this.#cache.acquire(url);
    const uniforms = createProductUniforms({
      lightTint: this.#tint,
      grain: createGrain(),
      glass: new GlassKeeper('dispersed'),
    });
    const piece = new WornPiece(url, lease, 'near', uniforms, {
      renderer: this.#renderer,
      clock: systemClock,
      face: this.#face,
    });
    piece.root.traverse((node) => {
      if (node instanceof Mesh) node.material = this.#white;
    });
    if (lease.model.extras?.category === 'necklace') this.#overClothes.add(piece);
    this.#scene.add(piece.root);
    this.#pieces.set(url, piece);
    return piece;
  }

  #compare(piece: WornPiece, { face, truePose, hand, onHead }: OcclusionPose): OcclusionOutcome {
    const standing = onHead && face !== null ? face.cameraFromAnchor.head : truePose;
    const form = hand === null ? null : this.#holdTrue(hand);
    const hands = form === null || hand === null ? [] : [handTruth(form, hand)];
    const wearer = { face, hands, body: stillBody(standing), capturedAtMs: 0 };
    piece.forgetFit();
    piece.follow(wearer, null);
    piece.fade(0, comeMs);
    piece.settle(true, this.#shadow, 0, this.#bald);
    for (const other of this.#pieces.values()) other.root.visible = other === piece;
    const anchors = { frameId: 0, ...wearer, faces: face === null ? [] : [face], light: neutralEstimate };
    this.#body.take(anchors, hands, nobodyElse);
    put(this.#truth, standing);
    // A necklace lies on the jersey, not under it.
    const isOverClothes = this.#overClothes.has(piece);
    for (const garment of this.#garments) garment.visible = !isOverClothes;
    const truth = this.#maskWith(true, false, form !== null);
    const ours = this.#maskWith(false, true, false);
    const nothing = this.#maskWith(false, false, false);
    return {
      ours: overlapOf(ours, truth),
      reference: overlapOf(nothing, truth),
      widthPx: this.#widthOf(nothing),
    };
  }

  #holdTrue(hand: HandHold): HandForm {
    return this.#trueHand.hold(hand, this.#intrinsics, new Matrix4().copy(this.#camera.projectionMatrix));
  }

  #maskWith(truth: boolean, ours: boolean, trueHand: boolean): Uint8Array {
    const { widthPx, heightPx } = this.#intrinsics;
    this.#truth.visible = truth;
    this.#trueHand.mesh.visible = trueHand;
    this.#ours.visible = ours;
    this.#renderer.render(this.#scene, this.#camera);
    const gl = this.#renderer.getContext();
    gl.readPixels(0, 0, widthPx, heightPx, gl.RGBA, gl.UNSIGNED_BYTE, this.#pixels);
    const mask = new Uint8Array(widthPx * heightPx);
    for (let at = 0; at < mask.length; at += 1) mask[at] = (this.#pixels[at * 4] ?? 0) > 127 ? 1 : 0;
    return mask;
  }

  #widthOf(mask: Uint8Array): number {
    const { widthPx } = this.#intrinsics;
    let [left, right] = [widthPx, 0];
    mask.forEach((value, at) => {
      if (value === 0) return;
      left = Math.min(left, at % widthPx);
      right = Math.max(right, at % widthPx);
    });
    return Math.max(0, right - left + 1);
  }
}

function put(group: Group, { rotation, translationMm }: Pose): void {
  group.position.set(...translationMm);
  group.quaternion.set(...rotation);
}

function overlapOf(one: Uint8Array, other: Uint8Array): number {
  let [both, either] = [0, 0];
  one.forEach((value, at) => {
    const there = other[at] ?? 0;
    both += value & there;
    either += value | there;
  });
  return either === 0 ? 1 : both / either;
}
