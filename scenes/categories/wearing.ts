import type { Group, IUniform, Matrix4, Object3D, Vector3 } from 'three';
import type { Clock } from '../../sdk/core/clock.ts';
import type { WearingExtras } from '../../protocol/piece-extras.ts';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { BodyAnchors } from '../../sdk/anchors/body-anchors.ts';
import type { FingerName, HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { TrackedPart } from '../../sdk/tracking/tracker.ts';
import type { ContactShadowShape } from '../surface/contact-shadow.ts';
import type { CoverageOptions } from '../surface/coverage-map.ts';
import type { PictureUniforms } from '../surface/face-paint.ts';
import type { FingerStack } from './finger-stack.ts';

/** The client's face as a surface that something can be laid on. */
export interface FaceSurface {
  /** Three vertex numbers of the canonical mesh each, in the order of `FaceAnchors.headMeshMm`; null until they are known. */
  triangles(): ArrayLike<number> | null;
  /** The camera picture in which the face was found. The stage's own. */
  readonly picture: PictureUniforms;
}

/** The tree of one worn piece, outermost first. */
export interface WornNodes {
  /** Takes the anchor's pose, in the camera's frame (mm). */
  readonly root: Group;
  /** The piece's own frame, in which its shadow is drawn and its fading measured. The category may turn it in `root`. */
  readonly piece: Group;
  /** The model, its anchor at the origin; it has no parent yet, so its world is the piece's frame. */
  readonly instance: Group;
  /** What the model says of how it is worn; null where it says nothing. */
  readonly extras: WearingExtras | null;
  readonly clock: Clock;
  /** For what is laid on the skin; a stage has it always. */
  readonly face?: FaceSurface;
  /** How much of the piece is there, 0 to 1, as the stage lets it come and go. */
  readonly presence?: IUniform<number>;
}

/** Depths in the piece's frame (mm, negative is behind): gone at `goneMm` and beyond, whole from `wholeMm` on. */
export interface DepthFade {
  readonly goneMm: number;
  readonly wholeMm: number;
}

/** What the client sees of a picture: all but what controls cover from below, as a share of the view's height. */
export interface SeenView {
  readonly projection: Matrix4;
  readonly coveredShare: number;
}

/** The view that a piece fills by itself, and how far it is turned there (radians about the upright). */
export interface AloneView extends SeenView {
  readonly yawRad: number;
}

/** What one frame tells of the person who wears the piece; null or empty where a part was not seen. */
export interface Wearer {
  readonly face: FaceAnchors | null;
  readonly hands: readonly HandAnchors[];
  readonly body: BodyAnchors | null;
  /** Monotonic capture time of the frame; it may stand still or jump. */
  readonly capturedAtMs: number;
  /** For a piece whose category is `shownAlone`, where there is no camera and it is the one looked at. */
  readonly alone?: AloneView;
}

/** A piece's part in what one person wears. */
export interface Arrangement {
  /** Of a ring: where it was chosen to be; null for its usual finger. */
  readonly finger: FingerName | null;
  /** The rings of the look before this one; a ring adds itself, and is told its place. */
  readonly fingers: FingerStack;
  /** What a watch takes of the wrist from its place towards the elbow, millimetres; 0 where none is worn. */
  readonly watchMm: number;
}

/** One worn piece as it follows whoever wears it. */
export interface Wearing {
  /**
   * Moves the piece to where this person carries it, and tells how surely they do, 0 to 1: below 0.5 the piece fades, at its
   * last place. Runs once per tracked frame and allocates nothing.
   */
  follow(wearer: Wearer): number;
  /** Another person: the next `follow` is taken whole, without easing. */
  forgetFit(): void;
  /** Where the piece is to be seen, camera frame (mm), as `follow` left it; absent where that is its anchor. One object, kept. */
  readonly sight?: Vector3;
  /** Where a real head hides the piece more softly than the occluder can; null where it does not. One object, kept. */
  readonly fade: DepthFade | null;
  /** Depth without colour that stands in for what of a real head fills the piece; shown where the camera is. */
  readonly occluder?: Object3D;
  /** The piece is worn in another of its variants. */
  setVariant?(name: string): void;
  /** What it takes of the wrist from a watch's place towards the elbow, millimetres, where a bracelet then lies; absent where it takes nothing. */
  readonly watchMm?: number;
  /** The look has changed. Called for every worn piece in the look's order. */
  arrange?(arrangement: Arrangement): void;
  /** Frees what the category made beside the model. */
  dispose?(): void;
}

/** The contact shadow of a category's pieces. */
export interface WornShadow {
  readonly coverage: CoverageOptions;
  readonly shape: ContactShadowShape;
  /** Along which of the piece's axes it falls: onto what lies behind it (−z, unless told) or below it (−y), as under a brim. */
  readonly falls?: 'back' | 'down';
}

/** How pieces of one category are worn. The stage knows nothing else of a category. */
export interface WearingCategory {
  /** What must be tracked for a piece of this category to be placed. */
  readonly needs: readonly TrackedPart[];
  /** How the contact shadow is drawn from above the piece, and how it falls; null where it casts none. */
  readonly shadow: WornShadow | null;
  /** Up to where hair over the ears lies over the piece too, in the piece's frame; absent where none does. Ask for `hair` among the needs. */
  readonly underHair?: DepthFade;
  /**
   * Whether too little of it is seen while hair lies over both ears: the mirror then tells `piece-hidden`, and the piece waits up to two
   * seconds for the first look at somebody's hair.
   */
  readonly hiddenByHair?: boolean;
  /** What the hand on the counter shows of itself where there is no camera; its fingers unless told. */
  readonly handShows?: 'fingers' | 'wrist' | 'nothing';
  /** Where there is no camera, no bust could carry it: the piece that is looked at is then shown without one, by itself. */
  readonly shownAlone?: boolean;
  /** Makes a leased model ready, once. */
  prepare(nodes: WornNodes): Wearing;
}
