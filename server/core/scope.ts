import { AsyncLocalStorage } from 'node:async_hooks';
import type { MaisonId } from '../../protocol/index.ts';

/**
 * Whose rows may be touched: one Maison's; every Maison's, with the reason; or the tables themselves (`owner`), which only
 * a migration needs.
 */
export type Scope =
  | { readonly kind: 'maison'; readonly maisonId: MaisonId }
  | { readonly kind: 'house-wide'; readonly why: string }
  | { readonly kind: 'owner' };

/** A fault of ours: work ran outside any Maison, or wanted to step out of its own. */
export class ScopeFault extends Error {
  readonly code: 'scope-missing' | 'scope-crossed';

  constructor(code: ScopeFault['code'], message: string) {
    super(message);
    this.name = 'ScopeFault';
    this.code = code;
  }
}

const storage = new AsyncLocalStorage<Scope>();

/** The scope in which the present work runs; undefined where nobody has opened one. */
export function presentScope(): Scope | undefined {
  return storage.getStore();
}

/**
 * Runs `work` for one Maison: it, and everything it awaits or starts, touches this Maison's rows only.
 *
 * @throws {ScopeFault} `scope-crossed` in the scope of another Maison
 */
export function inMaison<Value>(maisonId: MaisonId, work: () => Value): Value {
  const present = storage.getStore();
  if (present?.kind === 'maison' && present.maisonId !== maisonId) {
    throw new ScopeFault('scope-crossed', 'Work for one Maison may not turn to another.');
  }
  return storage.run({ kind: 'maison', maisonId }, work);
}

/**
 * Runs `work` for every Maison at once: the operator's affairs, tidying, and questions that find out whose affair it is.
 *
 * @param why what it is that has no Maison, in a few words
 * @throws {ScopeFault} `scope-crossed` in the scope of a Maison: a scope only narrows
 */
export function houseWide<Value>(why: string, work: () => Value): Value {
  if (storage.getStore()?.kind === 'maison') {
    throw new ScopeFault('scope-crossed', `Work for one Maison may not become house-wide (${why}).`);
  }
  return storage.run({ kind: 'house-wide', why }, work);
}

/** A question that may come from inside a Maison, and then stays there, or from a door where the Maison is not known yet. */
export function atDoor<Value>(why: string, work: () => Value): Value {
  return storage.getStore()?.kind === 'maison' ? work() : houseWide(why, work);
}

/**
 * Runs `work` outside the scope of whoever caused it: timers and queues serve many Maisons and must not stay in that of the
 * one who woke them. It opens a scope of its own.
 */
export function leavingScope<Value>(work: () => Value): Value {
  return storage.exit(work);
}

/** Runs `work` as the owner of the tables: migrations, and raising the wall. */
export function asOwner<Value>(work: () => Value): Value {
  return storage.run({ kind: 'owner' }, work);
}
