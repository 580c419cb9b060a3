import { Vector3, type Group, type Matrix4 } from 'three';
import type { TrackedPart } from '../../sdk/tracking/tracker.ts';
import type { Wearer } from '../categories/wearing.ts';
import { setContactShadow, type ContactShadowUniforms } from '../surface/contact-shadow.ts';
import type { WornPiece } from './worn-piece.ts';

/** What the hand on the counter has to show of itself. */
export type HandShows = WornPiece['handShows'];

/** What is worn together: one light, one occluder. Each piece has the shadow slot of its place. */
export class WornLook {
  readonly #root: Group;
  readonly #shadow: ContactShadowUniforms;
  readonly #pieces: (WornPiece | null)[] = [];
  readonly #onView = new Vector3();
  #handShows: HandShows = 'nothing';
  #needs: readonly TrackedPart[] = [];

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

  find(url: string): WornPiece | undefined {
    return this.#pieces.find((piece) => piece?.url === url) ?? undefined;
  }

  /** Puts on a piece beside what is worn already. */
  putOn(piece: WornPiece): void {
    const free = this.#pieces.indexOf(null);
    this.#pieces[free < 0 ? this.#pieces.length : free] = piece;
    this.#root.add(piece.root);
    this.#count();
  }

  /** Takes off what is worn from this address, if it is. */
  takeOff(url: string): void {
    for (const [slot, piece] of this.#pieces.entries()) {
      if (piece?.url !== url) continue;
      piece.dispose();
      this.#pieces[slot] = null;
      setContactShadow(this.#shadow, slot, null, null, 0);
    }
    this.#count();
  }

  /** Another person: what was fitted to the last one is forgotten. */
  forgetFit(): void {
    for (const piece of this.#pieces) piece?.forgetFit();
  }

  /** Takes a tracked frame; tells which pieces have a place from now on, or none any more. */
  follow(
    wearer: Wearer,
    frameAtMs: number,
    projection: Matrix4,
    onPlaced: (url: string, placed: boolean) => void,
  ): void {
    for (const piece of this.#pieces) {
      if (piece === null) continue;
      piece.follow(wearer);
      const placed = piece.noticePlace(frameAtMs, this.#isInView(piece.root.position, projection));
      if (placed !== null) onPlaced(piece.url, placed);
    }
  }

  /** One displayed frame: lets pieces come and go a little; tells whether that changed the picture. */
  fade(frameAtMs: number, deltaMs: number): boolean {
    let changed = false;
    for (const piece of this.#pieces) if (piece?.fade(frameAtMs, deltaMs)) changed = true;
    return changed;
  }

  /** Tells the shaders where the pieces are and how much of them, before a picture is drawn. */
  settle(showsCamera: boolean): void {
    for (let slot = 0; slot < this.#pieces.length; slot += 1) {
      this.#pieces[slot]?.settle(showsCamera, this.#shadow, slot);
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

  /** Whether a place is within what the view shows of the picture; a piece without one place of its own always is. */
  #isInView(place: Vector3, projection: Matrix4): boolean {
    if (place.lengthSq() === 0) return true;
    const { x, y } = this.#onView.copy(place).applyMatrix4(projection);
    return Math.abs(x) <= 1 && Math.abs(y) <= 1;
  }
}
