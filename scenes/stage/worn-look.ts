import { Vector3, type Group } from 'three';
import type { Spot } from '../../protocol/together.ts';
import type { FingerName } from '../../sdk/anchors/hand-anchors.ts';
import type { TrackedPart } from '../../sdk/tracking/tracker.ts';
import { FingerStack } from '../categories/finger-stack.ts';
import type { SeenView } from '../categories/wearing.ts';
import { setContactShadow, type ContactShadowUniforms } from '../surface/contact-shadow.ts';
import type { LedPart } from './crop-lead.ts';
import type { DressedPeople } from './dressed-people.ts';
import type { MirrorStageOptions } from './mirror-stage-options.ts';
import type { WornPiece } from './worn-piece.ts';

/** What the hand on the counter has to show of itself. */
export type HandShows = WornPiece['handShows'];

/** Where a piece of the look is worn, of what the client can choose. */
export interface WornPlace {
  readonly url: string;
  /** Of a ring; the ring finger unless told. */
  readonly finger?: FingerName;
  /** The client looks at this one now; the only piece of a look always is. */
  readonly looked?: boolean;
  /** Where an advisor points on it, in the model's own frame; nowhere unless told. */
  readonly spot?: Spot;
}

/** What is worn together: one light, one occluder. Each piece that casts a shadow has a slot for it, as far as there are any. */
export class WornLook {
  readonly #root: Group;
  readonly #shadow: ContactShadowUniforms;
  readonly #pieces: (WornPiece | null)[] = [];
  /** Whose shadow falls from which slot. */
  readonly #casting: (WornPiece | null)[] = [];
  readonly #onView = new Vector3();
  #handShows: HandShows = 'nothing';
  #needs: readonly TrackedPart[] = [];
  /** The piece that is looked at, where no bust could carry it, and whether it was shown so. */
  #lone: WornPiece | null = null;
  #wasAlone: WornPiece | null = null;

  /** Pieces stand in `root` while they are worn. */
  constructor(root: Group, shadow: ContactShadowUniforms) {
    this.#root = root;
    this.#shadow = shadow;
  }

  /** The addresses of what is worn. */
  get urls(): readonly string[] {
    return this.#pieces.flatMap((piece) => piece?.url ?? []);
  }

  /** What the pieces ask of the hand on the counter. */
  get handShows(): HandShows {
    return this.#handShows;
  }

  /** What must be tracked for all of them to be placed. */
  get needs(): readonly TrackedPart[] {
    return this.#needs;
  }

  /** Whether what is looked at is shown by itself where there is no camera. */
  get isAlone(): boolean {
    return this.#lone !== null;
  }

  /** How many are drawn in their coarse level. */
  get farCount(): number {
    return this.#pieces.filter((piece) => piece?.detail === 'far').length;
  }

  find(url: string): WornPiece | undefined {
    return this.#pieces.find((piece) => piece?.url === url) ?? undefined;
  }

  /** Puts on a piece beside what is worn already. */
  putOn(piece: WornPiece): void {
    seat(this.#pieces, piece);
    if (piece.castsShadow) seat(this.#casting, piece);
    this.#root.add(piece.root);
    this.#count();
  }

  /** Takes off what is worn from this address, if it is. */
  takeOff(url: string): void {
    for (const [place, piece] of this.#pieces.entries()) {
      if (piece?.url !== url) continue;
      piece.dispose();
      this.#pieces[place] = null;
      if (this.#lone === piece) this.#lone = null;
      const slot = this.#casting.indexOf(piece);
      if (slot < 0) continue;
      this.#casting[slot] = null;
      setContactShadow(this.#shadow, slot, null, null, 0);
    }
    this.#count();
  }

  /** Takes the order in which the pieces were put on; tells what of the wearer the one that is looked at is worn on. */
  arrange(places: readonly WornPlace[]): LedPart {
    const wearers = new Map<number, { readonly fingers: FingerStack; watchMm: number }>();
    for (const { url } of places) {
      const piece = this.find(url);
      if (piece === undefined) continue;
      const wearer = wearers.get(piece.seat) ?? { fingers: new FingerStack(), watchMm: 0 };
      wearer.watchMm = Math.max(wearer.watchMm, piece.watchMm);
      wearers.set(piece.seat, wearer);
    }
    for (const { url, finger = null, spot = null } of places) {
      const piece = this.find(url);
      const wearer = piece && wearers.get(piece.seat);
      if (piece === undefined || wearer === undefined) continue;
      piece.arrange({ finger, ...wearer });
      piece.light(spot);
    }
    const looked = places.length === 1 ? places[0] : places.find((place) => place.looked);
    const piece = looked && this.find(looked.url);
    this.#lone = piece?.isShownAlone ? piece : null;
    const part = ledPart(piece);
    const isBesideWatch = piece?.watchMm === 0 && (wearers.get(piece.seat)?.watchMm ?? 0) > 0;
    return part === 'wrist' && isBesideWatch ? 'arm' : part;
  }

  /** Who wears what comes from this address. */
  setSeat(url: string, seat: number): void {
    const piece = this.find(url);
    if (!piece || piece.seat === seat) return;
    piece.seat = seat;
    piece.forgetFit();
  }

  /** Another person sits there: what was fitted to the last one is forgotten. */
  forgetFit(seat: number): void {
    for (const piece of this.#pieces) if (piece?.seat === seat) piece.forgetFit();
  }

  /** Takes a tracked frame; tells which pieces have a place or are hidden from now on, or are no more. */
  follow(
    people: DressedPeople,
    frameAtMs: number,
    view: SeenView,
    showsCamera: boolean,
    tell: Pick<MirrorStageOptions, 'onPlaced' | 'onHidden'>,
  ): void {
    const alone = showsCamera ? null : this.#lone;
    if (alone !== this.#wasAlone) this.forgetPlaces();
    this.#wasAlone = alone;
    for (const piece of this.#pieces) {
      if (piece === null) continue;
      const { wearer, hair } = people.on(piece.seat);
      if (piece === alone) piece.showAlone(view, wearer);
      else if (alone === null) piece.follow(wearer, hair);
      const placed = piece.noticePlace(frameAtMs, this.#isInView(piece.sight, view));
      if (placed !== null) tell.onPlaced(piece.url, placed);
      const hidden = piece.noticeHair(hair);
      if (hidden !== null) tell.onHidden(piece.url, hidden);
    }
  }

  /** Another picture is shown: nothing is left standing where its wearer stood in the last. */
  forgetPlaces(): void {
    for (const piece of this.#pieces) piece?.forgetPlace();
  }

  /** One displayed frame: lets pieces come and go a little; tells whether that changed the picture. */
  fade(frameAtMs: number, deltaMs: number): boolean {
    let changed = false;
    for (const piece of this.#pieces) if (piece?.fade(frameAtMs, deltaMs)) changed = true;
    return changed;
  }

  /** Tells the shaders where the pieces are and how much of them, and picks each one's level, before a picture is drawn. */
  settle(people: DressedPeople, showsCamera: boolean, focalPx: number): void {
    for (const piece of this.#pieces) {
      if (piece === null) continue;
      piece.settle(showsCamera, this.#shadow, this.#casting.indexOf(piece), people.on(piece.seat).hair);
      piece.showDetail(focalPx);
    }
  }

  each(run: (piece: WornPiece) => void): void {
    for (const piece of this.#pieces) if (piece !== null) run(piece);
  }

  dispose(): void {
    for (const url of this.urls) this.takeOff(url);
  }

  #count(): void {
    const shown = this.#pieces.map((piece) => piece?.handShows);
    this.#handShows = shown.includes('wrist') ? 'wrist' : shown.includes('fingers') ? 'fingers' : 'nothing';
    this.#needs = [...new Set(this.#pieces.flatMap((piece) => piece?.needs ?? []))];
  }

  /** Whether a place is within what the client sees of the picture; a piece without one place of its own always is. */
  #isInView(place: Vector3, { projection, coveredShare }: SeenView): boolean {
    if (place.lengthSq() === 0) return true;
    const { x, y } = this.#onView.copy(place).applyMatrix4(projection);
    return Math.abs(x) <= 1 && y <= 1 && y >= 2 * coveredShare - 1;
  }
}

/** Gives a piece the first place that is free. */
function seat(places: (WornPiece | null)[], piece: WornPiece): void {
  const free = places.indexOf(null);
  places[free < 0 ? places.length : free] = piece;
}

/** Where a piece is to be seen. */
function ledPart(piece: WornPiece | undefined): LedPart {
  if (piece === undefined) return 'face';
  if (piece.handShows !== 'nothing') return piece.handShows;
  const { extras } = piece.model;
  // By its strap a bag hangs from the shoulder, wherever the hands are.
  if (piece.needs.includes('hand') && extras?.fit?.['strapLengthMm'] === undefined) return 'carried';
  if (piece.needs.includes('body')) return 'neck';
  return extras?.category === 'makeup' ? 'mouth' : 'face';
}
