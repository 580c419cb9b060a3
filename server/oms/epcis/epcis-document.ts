import * as z from 'zod/mini';
import type { StoreId, Sku } from '../../../protocol/index.ts';
import type { OmsHint } from '../../../protocol/connector/index.ts';
import { glnOf, gtinOf } from './gs1-names.ts';

const name = z.string().check(z.minLength(1), z.maxLength(400));
const names = z.array(name).check(z.maxLength(20_000));
const classes = z.array(z.object({ epcClass: name })).check(z.maxLength(2_000));
const place = z.optional(z.object({ id: name }));

const common = {
  eventTime: z.iso.datetime({ offset: true }),
  eventTimeZoneOffset: z.string().check(z.regex(/^[+-]\d{2}:\d{2}$/)),
  action: z.enum(['ADD', 'OBSERVE', 'DELETE']),
  eventID: z.optional(name),
  bizStep: z.optional(name),
  readPoint: place,
  bizLocation: place,
};

/** The two event types that say which pieces were seen where. Other fields are allowed by the standard, and not read. */
export const EpcisEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ObjectEvent'),
    ...common,
    epcList: z.optional(names),
    quantityList: z.optional(classes),
  }),
  z.object({
    type: z.literal('AggregationEvent'),
    ...common,
    parentID: z.optional(name),
    childEPCs: z.optional(names),
    childQuantityList: z.optional(classes),
  }),
]);
export type EpcisEvent = z.infer<typeof EpcisEvent>;

/** An EPCIS 2.0 document in JSON-LD, before its events are looked at one by one. */
export const EpcisDocument = z.object({
  type: z.literal('EPCISDocument'),
  schemaVersion: z.string().check(z.regex(/^2\.\d+(?:\.\d+)?$/)),
  epcisBody: z.object({ eventList: z.array(z.unknown()).check(z.minLength(1), z.maxLength(1_000)) }),
});

/** How names in events become ours. */
export interface EpcisNames {
  /** Our boutique by GLN, or by the name in full. */
  readonly storeAt: (placeName: string) => StoreId | null;
  readonly skuOf: (gtin: string) => Sku | null;
}

/** An event that could not be used, by its place in the list. */
export interface EpcisFault {
  readonly index: number;
  readonly title: string;
}

/** What a document hints at. An RFID read says that pieces were seen: how many lie there is for the OMS to say. */
export interface EpcisReading {
  readonly hints: readonly OmsHint[];
  readonly faults: readonly EpcisFault[];
}

/** Reads a document's events. One that cannot be used does not keep the others from being used. */
export function readEvents(events: readonly unknown[], ours: EpcisNames): EpcisReading {
  const hints = new Map<string, OmsHint>();
  const faults: EpcisFault[] = [];
  for (const [index, raw] of events.entries()) {
    const parsed = z.safeParse(EpcisEvent, raw);
    if (!parsed.success) {
      faults.push({ index, title: 'Not an ObjectEvent or AggregationEvent of EPCIS 2.0.' });
      continue;
    }
    const event = parsed.data;
    // Where it stays says more than where it was read.
    const where = event.bizLocation?.id ?? event.readPoint?.id;
    const storeId = where === undefined ? null : ours.storeAt(where);
    if (storeId === null) {
      faults.push({ index, title: 'Its place is no boutique of ours.' });
      continue;
    }
    for (const item of itemsOf(event)) {
      const gtin = gtinOf(item);
      const sku = gtin === null ? null : ours.skuOf(gtin);
      // A reader sees the neighbour's pieces, shelves and umbrellas too.
      if (sku !== null) hints.set(`${storeId} ${sku}`, { storeId, sku });
    }
  }
  return { hints: Array.from(hints.values()), faults };
}

function itemsOf(event: EpcisEvent): readonly string[] {
  switch (event.type) {
    case 'ObjectEvent':
      return [...(event.epcList ?? []), ...(event.quantityList ?? []).map(({ epcClass }) => epcClass)];
    case 'AggregationEvent':
      return [...(event.childEPCs ?? []), ...(event.childQuantityList ?? []).map(({ epcClass }) => epcClass)];
  }
}

/** The boutique of a place's name, by the places a house has named: each by its name in full, or by its GLN. */
export function storeAtIn(places: Readonly<Record<string, StoreId>>): EpcisNames['storeAt'] {
  const known = new Map(Object.entries(places));
  return (placeName) => known.get(placeName) ?? known.get(glnOf(placeName) ?? '') ?? null;
}
