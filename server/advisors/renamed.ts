import type { Advisor, AdvisorId } from '../../protocol/index.ts';

/** Somebody who is known under another id and name from now on. */
export interface Renamed {
  readonly from: AdvisorId;
  /** How they are told wherever an advisor is, their new id among it. */
  readonly to: Advisor;
  /** What stands in the place of other words: the records of their sales, signed anew. */
  readonly words: ReadonlyMap<string, string>;
}

/** A value as JSON gives it, with somebody renamed wherever they are told or named by their id. */
export function renamedIn(value: unknown, who: Renamed): unknown {
  if (typeof value === 'string') return value === who.from ? who.to.id : (who.words.get(value) ?? value);
  if (Array.isArray(value)) return value.map((one) => renamedIn(one, who));
  if (typeof value !== 'object' || value === null) return value;
  const fields = new Map<string, unknown>(Object.entries(value));
  if (fields.get('id') === who.from && fields.has('name')) return { ...value, ...who.to };
  return Object.fromEntries(Array.from(fields, ([key, one]) => [key, renamedIn(one, who)]));
}

/** The same of JSON as text. */
export function renamedText(json: string, who: Renamed): string {
  return JSON.stringify(renamedIn(JSON.parse(json), who));
}
