import type { FaceAnchors } from '../anchors/anchor-frame.ts';
import type { BodyAnchors } from '../anchors/body-anchors.ts';
import type { HandAnchors } from '../anchors/hand-anchors.ts';
import { handScaleFromFace } from '../anchors/hand-scale.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { Vec3 } from '../geometry/pose.ts';
import { rotateVector } from '../geometry/pose-algebra.ts';
import { isForgotten, lostAfterMs } from './absence.ts';
import type { HandContext } from './hand-follower.ts';
import { HandFollower } from './hand-follower.ts';
import type { PalmMeasurer } from './palm-measurer.ts';
import type { SolvedFrame } from './solved-frame.ts';

/** A forearm less sure than this says nothing of the wrist. */
const leastForearm = 0.5;

interface Hand {
  readonly follower: HandFollower;
  lastSeenMs: number;
  present: boolean;
}

/** Follows the hands of the person served: at most one left and one right, each with an identity while it stays. */
export class HandsFollower {
  readonly #hands = new Map<number, Hand>();
  #identities = 0;
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #isCardSought = false;

  /** A measurement by a card in a palm begins, or is over. */
  seekCard(isSought: boolean): void {
    this.#isCardSought = isSought;
    if (!isSought) return;
    for (const { follower } of this.#hands.values()) follower.palm.begin();
  }

  /** What is measured of the hand that comes nearest to a measurement on the newest frame, and of whose; null while no hand is seen. */
  get palm(): { readonly identity: number; readonly measurer: PalmMeasurer } | null {
    const seen = [...this.#hands.values()]
      .filter(({ lastSeenMs }) => lastSeenMs === this.#lastFrameMs)
      .map(({ follower }) => ({ identity: follower.identity, measurer: follower.palm }));
    return seen.toSorted((a, b) => b.measurer.progress - a.measurer.progress)[0] ?? null;
  }

  /** The anchors of one frame's hands; `face` and `body` are the same person's, where they are tracked. */
  follow(
    frame: Pick<SolvedFrame, 'capturedAtMs' | 'hands' | 'card'>,
    intrinsics: CameraIntrinsics,
    face: FaceAnchors | null,
    body: BodyAnchors | null,
  ): readonly HandAnchors[] {
    const { capturedAtMs, card } = frame;
    this.#forgetStrangers(capturedAtMs);
    this.#lastFrameMs = capturedAtMs;
    const context = {
      scale: handScaleFromFace(face?.scale ?? null),
      forearms: { left: forearmOf(body, 'leftForearm'), right: forearmOf(body, 'rightForearm') },
    };
    const soughtOf = (trackId: number): HandContext['sought'] =>
      this.#isCardSought
        ? { corners: card?.place === 'palm' && card.trackId === trackId ? card.corners : null }
        : null;
    const found = frame.hands.flatMap((seen) => {
      const hand = this.#hands.get(seen.trackId) ?? this.#meet();
      if (!hand.present) hand.follower.forgetMotion();
      const anchors = hand.follower.follow(seen, capturedAtMs, intrinsics, {
        ...context,
        sought: soughtOf(seen.trackId),
      });
      if (anchors === null) return [];
      this.#hands.set(seen.trackId, hand);
      hand.lastSeenMs = capturedAtMs;
      hand.present = true;
      return [anchors];
    });
    this.#noteAbsences(capturedAtMs);
    return oneOfEachSide(found);
  }

  /** Forgets every hand and everything measured from it. */
  reset(): void {
    this.#hands.clear();
  }

  #meet(): Hand {
    this.#identities += 1;
    return { follower: new HandFollower(this.#identities), lastSeenMs: 0, present: false };
  }

  #forgetStrangers(timeMs: number): void {
    for (const [trackId, { lastSeenMs }] of this.#hands) {
      if (isForgotten({ lastSeenMs, lastFrameMs: this.#lastFrameMs, timeMs })) this.#hands.delete(trackId);
    }
  }

  /** After the frame's hands: one that is seen is not away, however long its last picture was ago. */
  #noteAbsences(timeMs: number): void {
    for (const hand of this.#hands.values()) {
      if (timeMs - hand.lastSeenMs > lostAfterMs) hand.present = false;
    }
  }
}

/** Of two left hands one is somebody else's, or a slip: the surer one stays, then the one met first. */
function oneOfEachSide(hands: readonly HandAnchors[]): readonly HandAnchors[] {
  return (['left', 'right'] as const).flatMap(
    (side) =>
      hands
        .filter((hand) => hand.side === side)
        .toSorted((a, b) => b.confidence - a.confidence || a.identity - b.identity)[0] ?? [],
  );
}

function forearmOf(body: BodyAnchors | null, name: 'leftForearm' | 'rightForearm'): Vec3 | null {
  if (body === null || body.confidence[name] < leastForearm) return null;
  return rotateVector(body.cameraFromAnchor[name].rotation, [0, 1, 0]);
}
