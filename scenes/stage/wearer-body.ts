import type { Group, Matrix4 } from 'three';
import type { AnchorFrame, FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import { placeNode } from '../categories/place-node.ts';
import type { ModelLease } from '../models/model-cache.ts';
import type { ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { DisplayHand } from './display-hand.ts';
import { earsInHead } from './ears-in-head.ts';
import { HandOccluder } from './hand-occluder.ts';
import { HeadOccluder } from './head-occluder.ts';
import { Mannequin } from './mannequin.ts';
import type { CoverCrop } from './projection.ts';
import { renderOrders } from './render-orders.ts';
import type { HandShows } from './worn-look.ts';

/** Before what a hand on the counter is held. */
export interface HandView {
  readonly intrinsics: CameraIntrinsics;
  readonly crop: CoverCrop;
  readonly bufferWidthPx: number;
  readonly projection: Matrix4;
}

/** Who wears: the client's head and hands, which hide what is behind them, or where there is no camera the bust and the hand on the counter. */
export class WearerBody {
  readonly #root: Group;
  readonly #shadow: ContactShadowUniforms;
  readonly #triangles: () => ArrayLike<number> | null;
  readonly #ears = earsInHead();
  #occluder: HeadOccluder | null = null;
  /** One for each hand that was seen at once. */
  readonly #handOccluders: HandOccluder[] = [];
  #mannequin: Mannequin | null = null;
  #shadowPx = 0;
  #displayHand: DisplayHand | null = null;
  #showsCamera = false;

  /** `triangles`: those of the canonical mesh, asked for when the first face is there. */
  constructor(root: Group, shadow: ContactShadowUniforms, triangles: () => ArrayLike<number> | null) {
    this.#root = root;
    this.#shadow = shadow;
    this.#triangles = triangles;
  }

  /** Takes over the lease of the mannequin's model. */
  setMannequin(lease: ModelLease): void {
    this.#mannequin?.dispose();
    this.#mannequin = new Mannequin(lease, this.#shadow);
    this.#mannequin.root.visible = false;
    if (this.#shadowPx > 0) this.#mannequin.setShadowSide(this.#shadowPx);
    this.#root.add(this.#mannequin.root);
  }

  /** Side of the key light's shadow, pixels. */
  setShadowSide(sidePx: number): void {
    this.#shadowPx = sidePx;
    this.#mannequin?.setShadowSide(sidePx);
  }

  /** The next frames show the client, or nobody. */
  showCamera(showsCamera: boolean): void {
    this.#showsCamera = showsCamera;
  }

  /** The client's hands; where there is no camera, the one on the counter while something is worn on it. */
  handsOf({ hands, faces }: AnchorFrame, shows: HandShows, view: HandView): readonly HandAnchors[] {
    const isWanted = !this.#showsCamera && shows !== 'nothing';
    if (this.#displayHand) this.#displayHand.mesh.visible = isWanted;
    if (!isWanted) return hands;
    this.#displayHand ??= this.#createDisplayHand();
    const [x, y, z, w] = faces[0]?.cameraFromAnchor.head.rotation ?? [0, 0, 0, 1];
    const yawRad = Math.atan2(2 * (w * y + x * z), 1 - 2 * (x * x + y * y));
    return [
      this.#displayHand.hold(shows, yawRad, view.intrinsics, view.crop, view.bufferWidthPx, view.projection),
    ];
  }

  /** Moves head and hands to where a frame has them. */
  take(face: FaceAnchors | null, hands: readonly HandAnchors[]): void {
    if (face !== null) this.#takeHead(face);
    this.#takeHands(hands);
    if (this.#occluder) this.#occluder.root.visible = this.#showsCamera && face !== null;
    if (this.#mannequin) this.#mannequin.root.visible = !this.#showsCamera;
  }

  dispose(): void {
    this.#mannequin?.dispose();
    this.#occluder?.dispose();
    for (const occluder of this.#handOccluders) occluder.dispose();
    this.#displayHand?.dispose();
  }

  #createDisplayHand(): DisplayHand {
    const hand = new DisplayHand();
    hand.mesh.renderOrder = renderOrders.occluder;
    this.#root.add(hand.mesh);
    return hand;
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
    this.#root.add(occluder.root);
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
    const occluder = new HeadOccluder(face.headMeshMm.length / 3, this.#triangles() ?? [], this.#shadow);
    this.#root.add(occluder.root);
    return occluder;
  }
}
