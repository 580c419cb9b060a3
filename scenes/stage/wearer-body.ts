import type { Group, Matrix4 } from 'three';
import type { AnchorFrame } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import { yawOf } from '../../sdk/geometry/pose-algebra.ts';
import type { ModelLease } from '../models/model-cache.ts';
import type { ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { DisplayHand } from './display-hand.ts';
import { DressedPeople } from './dressed-people.ts';
import { HandOccluder } from './hand-occluder.ts';
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
  /** Those whose heads are the client's, or a companion's. */
  readonly people: DressedPeople;
  /** One for each hand that was seen at once. */
  readonly #handOccluders: HandOccluder[] = [];
  #mannequin: Mannequin | null = null;
  #shadowPx = 0;
  #displayHand: DisplayHand | null = null;
  /** The hand on the counter, as frames have hands. */
  readonly #held: HandAnchors[] = [];
  #showsCamera = false;
  #isLeft = false;

  /** `triangles`: those of the canonical mesh, asked for when the first face is there. */
  constructor(root: Group, shadow: ContactShadowUniforms, triangles: () => ArrayLike<number> | null) {
    this.#root = root;
    this.#shadow = shadow;
    this.people = new DressedPeople(root, shadow, triangles);
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

  /** The next frames show a piece by itself, where there is no camera: neither bust nor hand is there. */
  leave(isLeft: boolean): void {
    this.#isLeft = isLeft;
  }

  /** The client's hands; where there is no camera, the one on the counter while something is worn on it. */
  handsOf({ hands, faces }: AnchorFrame, shows: HandShows, view: HandView): readonly HandAnchors[] {
    const isWanted = !this.#showsCamera && !this.#isLeft && shows !== 'nothing';
    if (this.#displayHand) this.#displayHand.mesh.visible = isWanted;
    if (!isWanted) return hands;
    this.#displayHand ??= this.#createDisplayHand();
    const yawRad = yawOf(faces[0]?.cameraFromAnchor.head.rotation ?? [0, 0, 0, 1]);
    const { intrinsics, crop, bufferWidthPx, projection } = view;
    this.#held[0] = this.#displayHand.hold(shows, yawRad, intrinsics, crop, bufferWidthPx, projection);
    return this.#held;
  }

  /** Moves heads and hands to where a frame has them; tells the seats on which another person sits than before. */
  take(anchors: AnchorFrame, hands: readonly HandAnchors[], onAnother: (seat: number) => void): void {
    this.people.take(anchors, hands, this.#showsCamera, onAnother);
    const { face } = this.people.on(0).wearer;
    if (!this.#showsCamera && face !== null) this.#mannequin?.pose(face.cameraFromAnchor.head);
    this.#takeHands(hands);
    this.#mannequin?.show(!this.#showsCamera, !this.#isLeft);
  }

  dispose(): void {
    this.#mannequin?.dispose();
    this.people.dispose();
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
}
