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
  /** Where whoever has a seat was seen last, millimetres in the camera's frame. */
  readonly #places: [x: number, y: number, z: number][] = [[0, 0, 0]];

  get count(): number {
    return this.#count;
  }

  /** So many people have agreed to be in the mirror. Whoever has the first seat keeps it. */
  setCount(count: number): void {
    this.#count = Math.max(1, count);
    this.#identities.length = Math.min(this.#identities.length, this.#count);
    this.#faces.length = this.#places.length = this.#identities.length;
    for (let seat = this.#identities.length; seat < this.#count; seat += 1) {
      this.#identities.push(nobody);
      this.#faces.push(null);
      this.#places.push([0, 0, 0]);
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
      if (face && seat >= 0) this.#sit(seat, face);
    }
    for (let at = 0; at < faces.length; at += 1) {
      const face = faces[at];
      if (!face || this.#identities.includes(face.identity)) continue;
      const seat = this.#seatFor(face);
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

  /**
   * The seat of a face that the tracker counts anew: of whoever was away and last seen there, else one that nobody had yet, else that of
   * the nearest who is away; negative where all are there.
   */
  #seatFor({ cameraFromAnchor: { head } }: FaceAnchors): number {
    let nearest = -1;
    let nearestMm = Infinity;
    for (let seat = 0; seat < this.#identities.length; seat += 1) {
      const place = this.#places[seat];
      if (place === undefined || this.#faces[seat] !== null || this.#identities[seat] === nobody) continue;
      const [x, y, z] = head.translationMm;
      const awayMm = Math.hypot(x - place[0], y - place[1], z - place[2]);
      if (awayMm < nearestMm) [nearest, nearestMm] = [seat, awayMm];
    }
    if (nearestMm <= samePlaceMm) return nearest;
    const empty = this.#identities.indexOf(nobody);
    return empty >= 0 ? empty : nearest;
  }

  #sit(seat: number, face: FaceAnchors | null): void {
    this.#faces[seat] = face;
    if (face === null) return;
    this.#identities[seat] = face.identity;
    const place = this.#places[seat];
    if (place === undefined) return;
    [place[0], place[1], place[2]] = face.cameraFromAnchor.head.translationMm;
  }
}

/** A face that comes back so near to where one was lost is the same person's: behind a hand the tracker loses its count. */
const samePlaceMm = 220;
/** The tracker counts people from 1. */
const nobody = 0;
