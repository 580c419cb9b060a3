/** One piece as the house's own system counts it. */
export interface Shelf {
  readonly place: string;
  readonly article: string;
  readonly pieces: number;
  readonly reserved: number;
  readonly version: number;
}

/** One piece that the house keeps back. */
export interface Reservation {
  readonly number: string;
  readonly place: string;
  readonly article: string;
  readonly untilMs: number;
}

/** The house's own system, as small as one can be: what your SAP, your Cegid or your spreadsheet would be. */
export class Storeroom {
  readonly #nowMs: () => number;
  readonly #shelves = new Map<string, Shelf>();
  readonly #reservations = new Map<string, Reservation>();
  readonly #changed: { readonly place: string; readonly article: string }[] = [];
  readonly #followers = new Set<() => void>();
  #numbers = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Counts a piece anew. */
  count(place: string, article: string, pieces: number): void {
    const reserved = this.look(place, article)?.reserved ?? 0;
    this.#put({ place, article, pieces, reserved, version: 0 });
  }

  shelves(): Shelf[] {
    this.#lapse();
    return [...this.#shelves.values()];
  }

  look(place: string, article: string): Shelf | undefined {
    this.#lapse();
    return this.#shelves.get(`${place}/${article}`);
  }

  reserve(place: string, article: string, untilMs: number): Reservation | null {
    const shelf = this.look(place, article);
    if (!shelf || shelf.pieces <= shelf.reserved) return null;
    this.#put({ ...shelf, reserved: shelf.reserved + 1 });
    this.#numbers += 1;
    const reservation = { number: `R-${this.#numbers}`, place, article, untilMs };
    this.#reservations.set(reservation.number, reservation);
    return reservation;
  }

  find(number: string): Reservation | undefined {
    this.#lapse();
    return this.#reservations.get(number);
  }

  prolong(number: string, untilMs: number): Reservation | undefined {
    const reservation = this.find(number);
    if (!reservation) return undefined;
    const prolonged = { ...reservation, untilMs };
    this.#reservations.set(number, prolonged);
    return prolonged;
  }

  /** Ends a reservation; a piece that was sold leaves the shelf. */
  end(number: string, sold: boolean): Reservation | undefined {
    const reservation = this.find(number);
    const shelf = reservation && this.#shelves.get(`${reservation.place}/${reservation.article}`);
    if (!reservation || !shelf) return undefined;
    this.#reservations.delete(number);
    this.#put({
      ...shelf,
      pieces: sold ? Math.max(0, shelf.pieces - 1) : shelf.pieces,
      reserved: shelf.reserved - 1,
    });
    return reservation;
  }

  /** What has changed after the first `seen` changes, and how many there are now. */
  changesAfter(seen: number) {
    return { changes: this.#changed.slice(seen), total: this.#changed.length };
  }

  follow(follower: () => void): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  #put(shelf: Shelf): void {
    const { place, article } = shelf;
    const key = `${place}/${article}`;
    this.#shelves.set(key, { ...shelf, version: (this.#shelves.get(key)?.version ?? 0) + 1 });
    this.#changed.push({ place, article });
    for (const follower of this.#followers) follower();
  }

  #lapse(): void {
    const nowMs = this.#nowMs();
    for (const { number, untilMs, place, article } of this.#reservations.values()) {
      if (untilMs > nowMs) continue;
      this.#reservations.delete(number);
      const shelf = this.#shelves.get(`${place}/${article}`);
      if (shelf) this.#put({ ...shelf, reserved: shelf.reserved - 1 });
    }
  }
}
