import type { Group } from 'three';
import type { AnchorFrame } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { DressedPerson } from './dressed-person.ts';
import { Seats } from './seats.ts';

/** Everybody who is dressed in the mirror, by their seats. */
export class DressedPeople {
  readonly #parent: Group;
  readonly #shadow: ContactShadowUniforms;
  readonly #triangles: () => ArrayLike<number> | null;
  readonly #seats = new Seats();
  /** One for each seat that was ever taken. */
  readonly #people: DressedPerson[] = [];
  #served: number | null = null;

  /** Their occluders stand in `parent`; `triangles`: those of the canonical mesh, asked for when the first face is there. */
  constructor(parent: Group, shadow: ContactShadowUniforms, triangles: () => ArrayLike<number> | null) {
    this.#parent = parent;
    this.#shadow = shadow;
    this.#triangles = triangles;
  }

  /** The seat of whoever is served first; null while nobody is. */
  get served(): number | null {
    return this.#served;
  }

  /** How many people may be dressed; whoever has no seat any more is forgotten. */
  setCount(count: number): void {
    this.#seats.setCount(count);
    for (const person of this.#people.slice(this.#seats.count)) person.forget();
    this.#served = null;
  }

  /** Moves everybody to where a frame has them; tells the seats on which another person sits than before. Allocates nothing usually. */
  take(
    anchors: AnchorFrame,
    hands: readonly HandAnchors[],
    showsCamera: boolean,
    onAnother: (seat: number) => void,
  ): void {
    this.#served = this.#seats.follow(anchors.faces) ?? this.#served;
    for (let seat = 0; seat < Math.max(this.#seats.count, this.#people.length); seat += 1) {
      const person = this.on(seat);
      if (person.take(anchors, this.#seats.faceOn(seat), hands, seat === (this.#served ?? 0)))
        onAnother(seat);
      person.hide(showsCamera);
    }
  }

  /** Whoever sits there. */
  on(seat: number): DressedPerson {
    const known = this.#people[seat];
    if (known !== undefined) return known;
    const made = new DressedPerson(this.#parent, this.#shadow, this.#triangles);
    this.#people.push(made);
    return this.on(seat);
  }

  /** The next faces are other people's. */
  forget(): void {
    this.#seats.forget();
    this.#served = null;
    for (const person of this.#people) person.forget();
  }

  dispose(): void {
    for (const person of this.#people) person.dispose();
  }
}
