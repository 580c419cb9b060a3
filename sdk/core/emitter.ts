/** Takes one listener's subscription back. */
export type Unsubscribe = () => void;

/** A typed event source. A listener that throws does not keep the others from hearing. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  /** Calls `listener` at every `name` event until the returned function is called. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): Unsubscribe {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Tells every listener; faults of listeners are re-thrown together once all have heard. */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const faults: unknown[] = [];
    for (const listener of Array.from(this.#listeners.get(name) ?? [])) {
      try {
        (listener as (event: Events[Name]) => void)(event);
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length === 1) throw faults[0];
    if (faults.length > 1)
      throw new AggregateError(faults, `${faults.length} listeners of ${String(name)} failed`);
  }

  /** Forgets every listener. */
  clear(): void {
    this.#listeners.clear();
  }
}
