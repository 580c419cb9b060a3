import { Quaternion, Vector2, Vector3 } from 'three';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import { alongPiece } from './along-piece.ts';
import { placeNode } from './place-node.ts';
import { handOf } from './ring.ts';
import type { Arrangement, Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

/** How far a loose piece slides along the forearm as the hand is raised or lowered, at most. */
const slideMm = 14;
/**
 * How wide the wrist is is far less sure than how wide the piece is: one that would cut into the arm is drawn as wide as the arm, up to so
 * much wider than it is, and follows the arm's measure so slowly. For whom it is made its fit says.
 */
const mostScale = 1.2;
const sizeShare = 0.08;
/** Between a piece and the watch that it lies beside: rather a line of skin than metal on metal. */
const gapMm = 0.5;
/** How fast it comes to where it falls, per second. */
const settlePerS = 7;

/** Bracelets and bangles: round the wrist, loose, lying where they fall. */
export const bracelet: WearingCategory = {
  needs: ['hand'],
  handShows: 'wrist',
  shadow: {
    coverage: { resolutionPx: 192, blurMm: 1.6, marginMm: 8, aboveZMm: 0 },
    shape: { strength: 0.5, decayMm: 7, lightRise: 0 },
  },
  prepare: (nodes) => new WornBracelet(nodes),
};

class WornBracelet implements Wearing {
  readonly fade = null;
  readonly #nodes: WornNodes;
  /** The inside of the piece as it is modelled, across and through the wrist. */
  readonly #innerWidthMm: number;
  readonly #innerHeightMm: number;
  readonly #down = new Vector3();
  readonly #wristFromCamera = new Quaternion();
  readonly #rest = new Vector3();
  /** How far it reaches from its middle towards the hand. */
  readonly #handwardMm: number;
  /** How far from a watch's place it lies beside one, towards the elbow; null where none is worn. */
  #besideMm: number | null = null;
  readonly #scale = new Vector2(1, 1);
  #isFitted = false;
  #settledAtMs: number | null = null;

  constructor(nodes: WornNodes) {
    this.#nodes = nodes;
    const fit = nodes.extras?.fit ?? {};
    const lengthMm = numberOf(fit, 'lengthMm');
    const sectionMm = numberOf(fit, 'sectionMm') ?? 4;
    // A chain is modelled round an oval of a wrist's proportions, as long as its middle is.
    const acrossMm = lengthMm === null ? 58 : ovalAcross(lengthMm) - sectionMm;
    this.#innerWidthMm = numberOf(fit, 'innerWidthMm') ?? acrossMm;
    this.#innerHeightMm = numberOf(fit, 'innerHeightMm') ?? acrossMm * ovalShare;
    this.#handwardMm = alongPiece(nodes.instance).maxMm;
  }

  arrange({ watchMm }: Arrangement): void {
    this.#besideMm = watchMm === 0 ? null : watchMm + gapMm + this.#handwardMm;
  }

  follow({ hands, capturedAtMs }: Wearer): number {
    const hand = handOf(hands);
    if (hand === null) return 0;
    const { cameraFromWrist, confidence } = hand.wrist;
    placeNode(this.#nodes.root, cameraFromWrist);
    this.#widen(hand);
    this.#fall(hand, capturedAtMs);
    return Math.min(confidence, hand.confidence);
  }

  forgetFit(): void {
    this.#settledAtMs = null;
    this.#isFitted = false;
  }

  #widen({ wrist }: HandAnchors): void {
    const share = this.#isFitted ? sizeShare : 1;
    this.#isFitted = true;
    const { x, y } = this.#scale;
    this.#scale.set(
      x + share * (widening(this.#innerWidthMm, wrist.breadthMm) - x),
      y + share * (widening(this.#innerHeightMm, wrist.depthMm) - y),
    );
    this.#nodes.piece.scale.set(this.#scale.x, 1, this.#scale.y);
  }

  /** Lets the piece lie on the wrist's upper side and slide along it, as gravity draws it; a watch holds it where the arm grows too broad to slide on. */
  #fall({ wrist }: HandAnchors, timeMs: number): void {
    const [acrossMm, throughMm] = [this.#innerWidthMm, this.#innerHeightMm];
    const { rotation } = wrist.cameraFromWrist;
    this.#wristFromCamera.set(rotation[0], rotation[1], rotation[2], rotation[3]).conjugate();
    this.#down.set(0, -1, 0).applyQuaternion(this.#wristFromCamera);
    // The ring hangs: its upper inner side touches the wrist, so its middle lies as much lower as it is wider.
    this.#rest.set(
      (this.#down.x * Math.max(0, acrossMm - wrist.breadthMm)) / 2,
      this.#besideMm === null
        ? this.#down.y * slideMm * looseness(acrossMm, wrist.breadthMm)
        : -this.#besideMm,
      (this.#down.z * Math.max(0, throughMm - wrist.depthMm)) / 2,
    );
    const elapsedS = this.#settledAtMs === null ? Infinity : Math.max(0, timeMs - this.#settledAtMs) / 1_000;
    this.#settledAtMs = timeMs;
    this.#nodes.piece.position.lerp(this.#rest, 1 - Math.exp(-settlePerS * elapsedS));
  }
}

/** A wrist is about seven tenths as deep as broad. */
const ovalShare = 0.72;

/** Across an oval of a wrist's proportions with this circumference (Ramanujan). */
function ovalAcross(circumferenceMm: number): number {
  const [a, b] = [1, ovalShare];
  const h = ((a - b) / (a + b)) ** 2;
  return (2 * circumferenceMm) / (Math.PI * (a + b) * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h))));
}

/** How much wider a piece is drawn than it is, for the arm not to stand out of it. */
function widening(innerMm: number, armMm: number): number {
  return Math.min(mostScale, Math.max(1, armMm / innerMm));
}

/** How freely a piece slides: not at all where it fits tightly. */
function looseness(acrossMm: number, breadthMm: number): number {
  return Math.min(1, Math.max(0, (acrossMm - breadthMm) / 12));
}

function numberOf(fit: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = fit[name];
  return typeof value === 'number' ? value : null;
}
