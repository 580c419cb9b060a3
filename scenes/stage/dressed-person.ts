import type { Group } from 'three';
import type { AnchorFrame, FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { Mutable } from '../mutable.ts';
import { placeNode } from '../categories/place-node.ts';
import type { Wearer } from '../categories/wearing.ts';
import type { ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { HairCover } from '../surface/hair-cover.ts';
import { earsInHead } from './ears-in-head.ts';
import { HeadOccluder } from './head-occluder.ts';

const NO_HANDS: readonly HandAnchors[] = [];

/** One of those who are dressed in the mirror: what pieces follow, what hides them, and the hair that lies over them. */
export class DressedPerson {
  readonly wearer: Mutable<Wearer> = {
    face: null,
    hands: NO_HANDS,
    body: null,
    capturedAtMs: 0,
  };
  readonly hair = new HairCover();
  readonly #parent: Group;
  readonly #shadow: ContactShadowUniforms;
  readonly #triangles: () => ArrayLike<number> | null;
  readonly #ears = earsInHead();
  #occluder: HeadOccluder | null = null;
  #identity: number | null = null;

  constructor(parent: Group, shadow: ContactShadowUniforms, triangles: () => ArrayLike<number> | null) {
    this.#parent = parent;
    this.#shadow = shadow;
    this.#triangles = triangles;
  }

  /**
   * Takes a tracked frame, in which this is their face; whether they are another person than before. Nobody can tell whose hands and body
   * were found: they are taken for those of the person served first.
   */
  take(
    { hair, body, capturedAtMs }: AnchorFrame,
    face: FaceAnchors | null,
    hands: readonly HandAnchors[],
    isServed: boolean,
  ): boolean {
    const ownBody = isServed ? body : null;
    this.wearer.face = face;
    this.wearer.hands = isServed ? hands : NO_HANDS;
    this.wearer.body = ownBody;
    this.wearer.capturedAtMs = capturedAtMs;
    this.hair.follow(hair && hair.identity === face?.identity ? hair : null, face);
    const identity = face?.identity ?? this.wearer.hands[0]?.identity ?? ownBody?.identity ?? null;
    const isAnother = identity !== null && identity !== this.#identity;
    if (identity !== null) this.#identity = identity;
    return isAnother;
  }

  /** Lets the head hide what is behind it; a mannequin does so itself. */
  hide(showsCamera: boolean): void {
    const { face } = this.wearer;
    if (showsCamera && face !== null) {
      const { head, leftEar, rightEar } = face.cameraFromAnchor;
      this.#occluder ??= this.#createOccluder(face);
      placeNode(this.#occluder.root, head);
      this.#ears.measure(head, leftEar.translationMm, rightEar.translationMm);
      this.#occluder.update(face.headMeshMm, this.#ears.left, this.#ears.right);
    }
    if (this.#occluder) this.#occluder.root.visible = showsCamera && face !== null;
  }

  /** The next face is another person's. */
  forget(): void {
    this.#identity = null;
  }

  dispose(): void {
    this.#occluder?.dispose();
    this.hair.dispose();
  }

  #createOccluder(face: FaceAnchors): HeadOccluder {
    const occluder = new HeadOccluder(face.headMeshMm.length / 3, this.#triangles() ?? [], this.#shadow);
    this.#parent.add(occluder.root);
    return occluder;
  }
}
