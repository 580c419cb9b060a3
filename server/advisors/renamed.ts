import type { Advisor, AdvisorId } from '../../protocol/index.ts';

/** Somebody who is known under another id and name from now on. */
export interface Renamed {
  readonly from: AdvisorId;
  /** How they are told wherever an advisor is, their new id among it. */
  readonly to: Advisor;
}

/** Signed records of sales, each with the one that takes its place. */
export type RecordsAnew = ReadonlyMap<string, string>;

const noRecords: RecordsAnew = new Map();

/** A value as JSON gives it, with somebody renamed wherever they are told or named by their id. */
export function renamedIn(value: unknown, who: Renamed, records: RecordsAnew = noRecords): unknown {
  if (typeof value === 'string') return value === who.from ? who.to.id : (records.get(value) ?? value);
  if (Array.isArray(value)) return value.map((one) => renamedIn(one, who, records));
  if (typeof value !== 'object' || value === null) return value;
  const fields = new Map<string, unknown>(Object.entries(value));
  if (fields.get('id') === who.from && fields.has('name')) return { ...value, ...who.to };
  return Object.fromEntries(Array.from(fields, ([key, one]) => [key, renamedIn(one, who, records)]));
}

/** The same of JSON as text. */
export function renamedText(json: string, who: Renamed, records: RecordsAnew = noRecords): string {
  return JSON.stringify(renamedIn(JSON.parse(json), who, records));
}

/** Text in which an id stands as a JSON string, for `like`. Ids are of letters, digits and hyphens. */
export function naming(advisorId: AdvisorId): string {
  return `%"${advisorId}"%`;
}
