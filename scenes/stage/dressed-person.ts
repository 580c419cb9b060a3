import type { Group } from 'three';
import type { AnchorFrame, FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { Mutable } from '../mutable.ts';
import { placeNode } from '../categories/place-node.ts';
import type { Wearer } from '../categories/wearing.ts';
import type { ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { neckSizeUnder } from '../physics/neck-form.ts';
import { HairCover } from '../surface/hair-cover.ts';
import { earsInHead } from './ears-in-head.ts';
import { HeadOccluder } from './head-occluder.ts';
import { NeckOccluder } from './neck-occluder.ts';

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
  readonly #lobes = earsInHead();
  #occluder: HeadOccluder | null = null;
  #neck: NeckOccluder | null = null;
  #neckSize = 1;
  /** Who was seen last, by each part: faces, hands and bodies are counted on their own. */
  #faceIdentity: number | null = null;
  #handIdentity: number | null = null;
  #bodyIdentity: number | null = null;

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
    const ownHair = hair && hair.identity !== face?.identity ? null : hair;
    this.hair.follow(isServed ? ownHair : (ownHair ?? undefined), face, capturedAtMs);
    return this.#meet(
      face?.identity ?? null,
      this.wearer.hands[0]?.identity ?? null,
      ownBody?.identity ?? null,
    );
  }

  /** Lets head and neck hide what is behind them; a mannequin does so itself. */
  hide(showsCamera: boolean): void {
    const { face, body } = this.wearer;
    if (showsCamera && face !== null) {
      const { head, leftEar, rightEar, leftEarlobe, rightEarlobe } = face.cameraFromAnchor;
      this.#occluder ??= this.#createOccluder(face);
      placeNode(this.#occluder.root, head);
      this.#ears.measure(head, leftEar.translationMm, rightEar.translationMm);
      this.#lobes.measure(head, leftEarlobe.translationMm, rightEarlobe.translationMm);
      this.#occluder.update(face.headMeshMm, this.#ears, this.#lobes, body === null);
      this.#neckSize = neckSizeUnder(face);
    }
    if (this.#occluder) this.#occluder.root.visible = showsCamera && face !== null;
    if (showsCamera && body !== null) {
      this.#neck ??= this.#createNeck();
      this.#neck.take(body.cameraFromAnchor.neckBase, this.#neckSize);
    }
    if (this.#neck) this.#neck.mesh.visible = showsCamera && body !== null;
  }

  /** The next face is another person's. */
  forget(): void {
    this.#faceIdentity = this.#handIdentity = this.#bodyIdentity = null;
    this.#neckSize = 1;
    this.hair.forget();
  }

  dispose(): void {
    this.#occluder?.dispose();
    this.#neck?.dispose();
    this.hair.dispose();
  }

  /** Whether these parts tell of another person than before: a face surer than a hand, a hand surer than a body. */
  #meet(face: number | null, hand: number | null, body: number | null): boolean {
    const isAnother =
      face !== null
        ? face !== this.#faceIdentity
        : hand !== null
          ? hand !== this.#handIdentity
          : body !== null && body !== this.#bodyIdentity;
    this.#faceIdentity = face ?? this.#faceIdentity;
    this.#handIdentity = hand ?? this.#handIdentity;
    this.#bodyIdentity = body ?? this.#bodyIdentity;
    if (isAnother) this.#neckSize = 1;
    return isAnother;
  }

  #createNeck(): NeckOccluder {
    const neck = new NeckOccluder();
    this.#parent.add(neck.mesh);
    return neck;
  }

  #createOccluder(face: FaceAnchors): HeadOccluder {
    const occluder = new HeadOccluder(face.headMeshMm.length / 3, this.#triangles() ?? [], this.#shadow);
    this.#parent.add(occluder.root);
    return occluder;
  }
}
