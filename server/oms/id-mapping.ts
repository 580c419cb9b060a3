import type { Sku, StoreId } from '../../protocol/index.ts';
import { OmsFault } from '../../protocol/connector/index.ts';

/** The house's own names for boutiques and SKUs, by ours. What is not named is called the same on both sides. */
export interface IdNames {
  readonly stores: Readonly<Record<StoreId, string>>;
  readonly skus: Readonly<Record<Sku, string>>;
}

const storeKeys = new Set(['storeId', 'fromStoreId', 'toStoreId', 'homeStoreId']);
const skuKeys = new Set(['sku', 'skus']);

/** Puts our names for boutiques and SKUs in place of the house's, and the other way about. */
export class IdMapping {
  readonly #outward: { readonly stores: Map<string, string>; readonly skus: Map<string, string> };
  readonly #inward: { readonly stores: Map<string, string>; readonly skus: Map<string, string> };

  /** @throws {OmsFault} `refused`: two of ours have one name in the house */
  constructor({ stores, skus }: IdNames) {
    this.#outward = { stores: new Map(Object.entries(stores)), skus: new Map(Object.entries(skus)) };
    this.#inward = { stores: turned(this.#outward.stores), skus: turned(this.#outward.skus) };
  }

  /** A message in the house's names. */
  outward(message: unknown): unknown {
    const stores = (ours: string) => this.theirStore(ours);
    const skus = (ours: string) => this.theirSku(ours);
    return renamed(message, { stores, skus }, null);
  }

  /** A message of the house in our names. Parse it afterwards: what it does not know it leaves as it was. */
  inward(message: unknown): unknown {
    const stores = (theirs: string) => this.store(theirs);
    const skus = (theirs: string) => this.sku(theirs);
    return renamed(message, { stores, skus }, null);
  }

  /**
   * Our name for the house's boutique. Empty where it has by chance the name of one of ours that is called otherwise there: it is
   * none of ours.
   */
  store(theirs: string): string {
    return this.#inward.stores.get(theirs) ?? (this.#outward.stores.has(theirs) ? '' : theirs);
  }

  sku(theirs: string): string {
    return this.#inward.skus.get(theirs) ?? (this.#outward.skus.has(theirs) ? '' : theirs);
  }

  theirStore(ours: StoreId): string {
    return this.#outward.stores.get(ours) ?? ours;
  }

  theirSku(ours: Sku): string {
    return this.#outward.skus.get(ours) ?? ours;
  }
}

function turned(names: ReadonlyMap<string, string>): Map<string, string> {
  const back = new Map(Array.from(names, ([ours, theirs]) => [theirs, ours]));
  if (back.size !== names.size) throw new OmsFault('refused', 'Two of our names have one name in the house.');
  return back;
}

interface Rename {
  readonly stores: (name: string) => string;
  readonly skus: (name: string) => string;
}

/** `key` is that under which the value stands; null where it stands under none. */
function renamed(value: unknown, rename: Rename, key: string | null): unknown {
  if (typeof value === 'string' && key !== null) {
    if (storeKeys.has(key)) return rename.stores(value);
    if (skuKeys.has(key)) return rename.skus(value);
    return value;
  }
  if (Array.isArray(value)) return value.map((entry: unknown) => renamed(entry, rename, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, renamed(entry, rename, name)]),
  );
}
