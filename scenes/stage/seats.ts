import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';

/**
 * Who wears which look. Everybody before the mirror has a seat, counted from 0, and keeps it while they stay: whom the mirror serves
 * first may change with a touch, what they wear does not. With one seat whoever is served first has it.
 */
export class Seats {
  #count = 1;
  /** Whose seat it is: a count of the tracker's, no biometric. */
  readonly #identities: number[] = [nobody];
  readonly #faces: (FaceAnchors | null)[] = [null];

  get count(): number {
    return this.#count;
  }

  /** So many people have agreed to be in the mirror. Whoever has the first seat keeps it. */
  setCount(count: number): void {
    this.#count = Math.max(1, count);
    this.#identities.length = Math.min(this.#identities.length, this.#count);
    this.#faces.length = this.#identities.length;
    for (let seat = this.#identities.length; seat < this.#count; seat += 1) {
      this.#identities.push(nobody);
      this.#faces.push(null);
    }
  }

  /** Seats a frame's faces, the one served first in front; tells the seat of that one, or null when nobody is there. Allocates nothing. */
  follow(faces: readonly FaceAnchors[]): number | null {
    this.#faces.fill(null);
    if (this.#count === 1) {
      this.#sit(0, faces[0] ?? null);
      return faces.length > 0 ? 0 : null;
    }
    for (let at = 0; at < faces.length; at += 1) {
      const face = faces[at];
      const seat = face ? this.#identities.indexOf(face.identity) : -1;
      if (face && seat >= 0) this.#faces[seat] = face;
    }
    for (let at = 0; at < faces.length; at += 1) {
      const face = faces[at];
      if (!face || this.#identities.includes(face.identity)) continue;
      // A seat that nobody had yet comes before one whose owner is only away.
      const empty = this.#identities.indexOf(nobody);
      const seat = empty >= 0 ? empty : this.#faces.indexOf(null);
      if (seat >= 0) this.#sit(seat, face);
    }
    const [first] = faces;
    const seat = first ? this.#identities.indexOf(first.identity) : -1;
    return seat < 0 ? null : seat;
  }

  /** Whoever comes next is counted anew: nobody has a seat. */
  forget(): void {
    this.#identities.fill(nobody);
    this.#faces.fill(null);
  }

  /** The face on a seat, in the frame that was followed last. */
  faceOn(seat: number): FaceAnchors | null {
    return this.#faces[seat] ?? null;
  }

  #sit(seat: number, face: FaceAnchors | null): void {
    this.#faces[seat] = face;
    if (face !== null) this.#identities[seat] = face.identity;
  }
}

/** The tracker counts people from 1. */
const nobody = 0;
