import {
  Color,
  DoubleSide,
  Group,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from 'three';
import type { Object3D } from 'three';
import type { FaceAnchors } from '../../../sdk/anchors/anchor-frame.ts';
import type { CameraIntrinsics } from '../../../sdk/geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { verticalFovRad } from '../../../sdk/geometry/intrinsics.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { eyewear } from '../../../scenes/categories/eyewear.ts';
import type { Wearing } from '../../../scenes/categories/wearing.ts';
import type { Model } from '../../../scenes/models/load-model.ts';
import { earsInHead } from '../../../scenes/stage/ears-in-head.ts';
import { HeadOccluder } from '../../../scenes/stage/head-occluder.ts';
import { systemClock } from '../../../sdk/core/clock.ts';
import { createContactShadowUniforms } from '../../../scenes/surface/contact-shadow.ts';
import type { OcclusionOutcome } from './main.ts';

/** Masks are drawn so many times as fine as the picture, so that a product is wider than 512 pixels. */
const finer = 2;

interface WornPiece {
  readonly root: Group;
  readonly wearing: Wearing;
}

/**
 * The part of a worn piece that is seen: before the true head, before our occluder, and with nothing to hide it; all at the
 * pose that we track, so that only the hiding differs.
 */
export class HeadOccluderMask {
  readonly #renderer: WebGLRenderer;
  readonly #camera: PerspectiveCamera;
  readonly #scene = new Scene();
  readonly #pieces: readonly WornPiece[];
  readonly #truth = new Group();
  readonly #occluder: HeadOccluder;
  readonly #ears = earsInHead();
  readonly #pixels: Uint8Array;
  readonly #width: number;
  readonly #height: number;

  constructor(
    pieces: readonly Model[],
    visitor: Object3D,
    face: CanonicalFace,
    intrinsics: CameraIntrinsics,
  ) {
    this.#width = intrinsics.widthPx * finer;
    this.#height = intrinsics.heightPx * finer;
    this.#renderer = new WebGLRenderer({ antialias: false, preserveDrawingBuffer: true });
    this.#renderer.setPixelRatio(1);
    this.#renderer.setSize(this.#width, this.#height, false);
    this.#pixels = new Uint8Array(this.#width * this.#height * 4);
    this.#camera = new PerspectiveCamera(
      (verticalFovRad(intrinsics) * 180) / Math.PI,
      this.#width / this.#height,
      40,
      4_000,
    );
    this.#scene.background = new Color('#000000');
    const white = new MeshBasicMaterial({ color: '#ffffff', toneMapped: false, side: DoubleSide });
    this.#pieces = pieces.map((model) => {
      const [root, piece, instance] = [new Group(), new Group(), model.prototype];
      instance.traverse((node) => {
        if (node instanceof Mesh) node.material = white;
      });
      const wearing = eyewear.prepare({ root, piece, instance, extras: null, clock: systemClock });
      piece.add(instance);
      root.add(piece);
      this.#scene.add(root);
      return { root, wearing };
    });
    const depthOnly = new MeshBasicMaterial({ colorWrite: false });
    const head = visitor.clone(true);
    head.traverse((node) => {
      if (!(node instanceof Mesh)) return;
      node.material = depthOnly;
      node.renderOrder = -1;
    });
    this.#truth.add(head);
    this.#occluder = new HeadOccluder(
      face.verticesMm.length / 3,
      face.triangles,
      createContactShadowUniforms(),
    );
    this.#scene.add(this.#truth, this.#occluder.root);
  }

  /** Of each piece. */
  compareAll(face: FaceAnchors, truePose: Pose): readonly OcclusionOutcome[] {
    return this.#pieces.map((piece) => this.#compare(piece, face, truePose));
  }

  #compare(piece: WornPiece, face: FaceAnchors, truePose: Pose): OcclusionOutcome {
    for (const other of this.#pieces) other.root.visible = other === piece;
    piece.wearing.forgetFit();
    piece.wearing.follow({ face, hands: [], body: null, capturedAtMs: 0 });
    const { head, leftEar, rightEar } = face.cameraFromAnchor;
    this.#ears.measure(head, leftEar.translationMm, rightEar.translationMm);
    this.#occluder.update(face.headMeshMm, this.#ears.left, this.#ears.right);
    put(this.#occluder.root, head);
    put(this.#truth, truePose);
    const truth = this.#maskWith(true, false);
    const ours = this.#maskWith(false, true);
    const nothing = this.#maskWith(false, false);
    return {
      ours: overlapOf(ours, truth),
      reference: overlapOf(nothing, truth),
      widthPx: this.#widthOf(nothing),
    };
  }

  #maskWith(truth: boolean, ours: boolean): Uint8Array {
    this.#truth.visible = truth;
    this.#occluder.root.visible = ours;
    this.#renderer.render(this.#scene, this.#camera);
    const gl = this.#renderer.getContext();
    gl.readPixels(0, 0, this.#width, this.#height, gl.RGBA, gl.UNSIGNED_BYTE, this.#pixels);
    const mask = new Uint8Array(this.#width * this.#height);
    for (let at = 0; at < mask.length; at += 1) mask[at] = (this.#pixels[at * 4] ?? 0) > 127 ? 1 : 0;
    return mask;
  }

  #widthOf(mask: Uint8Array): number {
    let [left, right] = [this.#width, 0];
    mask.forEach((value, at) => {
      if (value === 0) return;
      left = Math.min(left, at % this.#width);
      right = Math.max(right, at % this.#width);
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
