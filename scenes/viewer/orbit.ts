/** How a piece is held before the eye: turned about the upright, tipped, and how near (1 is the whole piece). */
export interface OrbitView {
  readonly azimuthRad: number;
  readonly elevationRad: number;
  readonly zoom: number;
}

/** Three quarters from slightly above, where a frame shows front, temple and depth at once. */
export const firstView: OrbitView = { azimuthRad: -0.52, elevationRad: 0.16, zoom: 1 };

/** One does not look at a piece from under the table, nor nearer than its finest part is modelled. */
const LOWEST_RAD = -0.25;
const HIGHEST_RAD = 1.35;
const NEAREST = 4;
const FARTHEST = 0.8;

/** The time in which the way that is left shrinks to 1/e, and what is left when it counts as arrived. */
const EASE_MS = 90;
const ARRIVED = 1e-4;

/** A held view that follows where it is asked to be, smoothly and without overshoot, at any frame rate. */
export class Orbit {
  #azimuthRad = firstView.azimuthRad;
  #elevationRad = firstView.elevationRad;
  #zoom = firstView.zoom;
  #goal: OrbitView = firstView;

  get azimuthRad(): number {
    return this.#azimuthRad;
  }

  get elevationRad(): number {
    return this.#elevationRad;
  }

  get zoom(): number {
    return this.#zoom;
  }

  /** Turns by so much from where it is going. */
  turnBy(azimuthRad: number, elevationRad: number): void {
    this.moveTo({
      azimuthRad: this.#goal.azimuthRad + azimuthRad,
      elevationRad: this.#goal.elevationRad + elevationRad,
      zoom: this.#goal.zoom,
    });
  }

  /** Comes nearer by a factor; below 1 goes farther. */
  zoomBy(factor: number): void {
    this.moveTo({ ...this.#goal, zoom: this.#goal.zoom * factor });
  }

  moveTo(view: OrbitView): void {
    this.#goal = {
      azimuthRad: view.azimuthRad,
      elevationRad: Math.min(HIGHEST_RAD, Math.max(LOWEST_RAD, view.elevationRad)),
      zoom: Math.min(NEAREST, Math.max(FARTHEST, view.zoom)),
    };
  }

  /** Goes on towards the goal; false when it has arrived and need not be drawn again. */
  advance(deltaMs: number): boolean {
    const share = 1 - Math.exp(-deltaMs / EASE_MS);
    const { azimuthRad, elevationRad, zoom } = this.#goal;
    this.#azimuthRad += share * (azimuthRad - this.#azimuthRad);
    this.#elevationRad += share * (elevationRad - this.#elevationRad);
    this.#zoom += share * (zoom - this.#zoom);
    const left =
      Math.abs(azimuthRad - this.#azimuthRad) +
      Math.abs(elevationRad - this.#elevationRad) +
      Math.abs(zoom - this.#zoom);
    if (left > ARRIVED) return true;
    this.#azimuthRad = azimuthRad;
    this.#elevationRad = elevationRad;
    this.#zoom = zoom;
    return false;
  }
}
