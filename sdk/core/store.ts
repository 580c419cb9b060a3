import type { Unsubscribe } from './emitter.ts';

/** A value that changes over time and can be watched; fits React's `useSyncExternalStore`. */
export interface ReadableStore<Value> {
  readonly get: () => Value;
  /** Calls `listener` after every change until the returned function is called. */
  readonly subscribe: (listener: () => void) => Unsubscribe;
}

/** A small store: one owner writes, many read. */
export class ValueStore<Value> implements ReadableStore<Value> {
  #value: Value;
  readonly #listeners = new Set<() => void>();

  constructor(value: Value) {
    this.#value = value;
    this.get = this.get.bind(this);
    this.subscribe = this.subscribe.bind(this);
  }

  get(): Value {
    return this.#value;
  }

  /** Replaces the value; listeners hear of it unless it is the very same. */
  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of Array.from(this.#listeners)) listener();
  }

  subscribe(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
