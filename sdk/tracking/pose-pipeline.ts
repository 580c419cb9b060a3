import type { AnchorFrame, FaceAnchors } from '../anchors/anchor-frame.ts';
import type { FaceMeasure } from '../anchors/face-measure.ts';
import { differsNoticeably, faceMeasureOf } from '../anchors/face-measure.ts';
import type { HairShares } from '../anchors/hair-mask.ts';
import type { Emitter } from '../core/emitter.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { BodyFollower } from './body-follower.ts';
import { CardTeller } from './card-teller.ts';
import { FaceFollower } from './face-follower.ts';
import { HairKeeper } from './hair-keeper.ts';
import { isForgotten, lostAfterMs, lostAfterPictures } from './absence.ts';
import { HandsFollower } from './hands-follower.ts';
import { LightMeter } from './light-meter.ts';
import type { SolvedFace, SolvedFrame } from './solved-frame.ts';
import type { CardPlace, TrackerEvents } from './tracker.ts';

/** Measures are told no more often than this. */
const tellEveryMs = 1_000;

/** One face that is followed, or was a moment ago. */
interface Person {
  readonly follower: FaceFollower;
  lastSeenMs: number;
  /** Pictures since then. */
  missed: number;
  present: boolean;
}

/**
 * Turns solved frames into anchors, at little cost. It follows every tracked face as a person with an identity, tells `events` when one is found
 * and lost, and keeps nothing of a face that stayed away.
 */
export class PosePipeline {
  readonly #canonicalMm: Float32Array;
  readonly #events: Emitter<TrackerEvents>;
  readonly #people = new Map<number, Person>();
  /** What was last told of a face's size, of whose, and when. */
  #told: { readonly identity: number; readonly atMs: number; readonly measure: FaceMeasure } | null = null;
  readonly #card = new CardTeller();
  #cardPlace: CardPlace | null = null;
  readonly #hands = new HandsFollower();
  readonly #body = new BodyFollower();
  readonly #hair = new HairKeeper();
  #identities = 0;
  #forgetsUnseen = false;
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  readonly #light: LightMeter;

  constructor(canonicalFace: CanonicalFace, events: Emitter<TrackerEvents>) {
    this.#canonicalMm = canonicalFace.verticesMm;
    this.#events = events;
    this.#light = new LightMeter(canonicalFace);
  }

  /** The anchors of one frame; frames come in the order of their capture. */
  process(frame: SolvedFrame, intrinsics: CameraIntrinsics): AnchorFrame {
    this.#forgetStrangers(frame);
    const faces = frame.faces.flatMap(
      (face, at) => this.#follow(face, frame, intrinsics, at === 0 && this.#isSeeking('forehead')) ?? [],
    );
    this.#noteAbsences(frame);
    // The person served first is the client; others are measured for nobody.
    if (faces[0] !== undefined) this.#tellMeasure(faces[0], frame.capturedAtMs);
    const face = faces[0] ?? null;
    const body = this.#body.follow(frame.body, frame.capturedAtMs, face);
    const hands = this.#hands.follow(frame, intrinsics, face, body);
    this.#tellCard(frame.faces[0], frame.capturedAtMs);
    const hair = this.#hair.follow(frame.frameId, face, intrinsics);
    return {
      frameId: frame.frameId,
      capturedAtMs: frame.capturedAtMs,
      faces,
      hands,
      body,
      light: this.#light.follow(frame, face),
      ...(hair !== undefined && { hair }),
    };
  }

  /** A measurement by a card begins, or is given up. */
  seekCard(place: CardPlace | null): void {
    this.#cardPlace = place;
    if (place === null) this.#card.end();
    else this.#card.begin();
    this.#hands.seekCard(place === 'palm');
    if (place !== 'forehead') return;
    for (const { follower } of this.#people.values()) follower.beginCard();
    // Whoever asks again is told again, also when nothing changed.
    this.#told = null;
  }

  /** Somebody looks at hair from now on, or nobody does. */
  lookAtHair(isLooking: boolean): void {
    this.#hair.isLooking = isLooking;
  }

  /** Hair was found on a frame, after its result; later frames carry it. */
  takeHair(frameId: number, hair: HairShares): void {
    this.#hair.take(frameId, hair);
  }

  /** Fewer people may be followed: whoever is not in the next frame is forgotten at once. */
  forgetUnseen(): void {
    this.#forgetsUnseen = true;
  }

  /** Forgets everybody and everything measured from them; a card that is sought is sought on. */
  reset(): void {
    for (const person of this.#people.values()) this.#lose(person);
    this.#people.clear();
    this.#told = null;
    this.#hands.reset();
    this.#body.reset();
    this.#light.reset();
    this.#hair.reset();
  }

  #follow(
    { trackId, landmarks, solution }: SolvedFace,
    { capturedAtMs: timeMs, card }: SolvedFrame,
    intrinsics: CameraIntrinsics,
    mayHoldCard: boolean,
  ): FaceAnchors | null {
    if (solution === null) return null;
    const known = this.#people.get(trackId);
    if (known !== undefined && !known.present) known.follower.forgetMotion();
    const follower = known?.follower ?? new FaceFollower(this.#identities + 1, this.#canonicalMm);
    const isHere = card?.place === 'forehead' && card.trackId === trackId;
    const sought = mayHoldCard ? { corners: isHere ? card.corners : null } : null;
    const anchors = follower.follow(landmarks, solution, timeMs, intrinsics, sought);
    const person = known ?? { follower, lastSeenMs: timeMs, missed: 0, present: false };
    if (known === undefined) {
      this.#identities += 1;
      this.#people.set(trackId, person);
    }
    person.lastSeenMs = timeMs;
    if (!person.present) {
      person.present = true;
      this.#events.emit('tracking-found', { identity: follower.identity });
    }
    return anchors;
  }

  #isSeeking(place: CardPlace): boolean {
    return this.#cardPlace === place && this.#card.isSeeking;
  }

  #tellCard(first: SolvedFace | undefined, timeMs: number): void {
    if (!this.#card.isSeeking) return;
    const face = first && this.#people.get(first.trackId)?.follower;
    const palm = this.#isSeeking('palm') ? this.#hands.palm : null;
    const seen = palm?.measurer ?? (this.#isSeeking('forehead') ? face?.card : null);
    const step = this.#card.note(seen?.sight ?? 'none', seen?.progress ?? null, timeMs);
    if (step === null) return;
    const measure = step.sight === 'measured' ? palm?.measurer.measure : null;
    if (palm && measure) this.#events.emit('hand-measured', { identity: palm.identity, measure });
    if (step.sight === 'measured') this.#hands.seekCard(false);
    this.#events.emit('card', step);
  }

  #tellMeasure(anchors: FaceAnchors, timeMs: number): void {
    const { identity } = anchors;
    const told = this.#told?.identity === identity ? this.#told : null;
    if (told !== null && timeMs - told.atMs < tellEveryMs) return;
    const measure = faceMeasureOf(anchors);
    if (measure.scale.source === 'assumed') return;
    if (told !== null && !differsNoticeably(told.measure, measure)) return;
    this.#told = { identity, atMs: timeMs, measure };
    this.#events.emit('measured', { identity, measure });
  }

  /** Whoever was away for too long may be somebody else, also when they are seen on this frame. */
  #forgetStrangers({ capturedAtMs, faces, hands }: SolvedFrame): void {
    const all = this.#forgetsUnseen;
    this.#forgetsUnseen = false;
    for (const [trackId, person] of this.#people) {
      const isUnseen = all && !faces.some((face) => face.trackId === trackId);
      const { lastSeenMs } = person;
      const seen = { lastSeenMs, lastFrameMs: this.#lastFrameMs, timeMs: capturedAtMs };
      if (!isUnseen && !isForgotten(seen)) continue;
      this.#lose(person);
      this.#people.delete(trackId);
    }
    this.#lastFrameMs = capturedAtMs;
    if (this.#people.size === 0 && hands.length === 0) this.#light.reset();
  }

  #noteAbsences({ capturedAtMs }: SolvedFrame): void {
    for (const person of this.#people.values()) {
      person.missed = person.lastSeenMs === capturedAtMs ? 0 : person.missed + 1;
      // A machine that sees two pictures in a second has not lost who is missed on one of them.
      if (capturedAtMs - person.lastSeenMs > lostAfterMs && person.missed >= lostAfterPictures)
        this.#lose(person);
    }
  }

  #lose(person: Person): void {
    if (!person.present) return;
    person.present = false;
    this.#events.emit('tracking-lost', { identity: person.follower.identity });
  }
}
