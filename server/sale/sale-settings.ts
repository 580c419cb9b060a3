import * as z from 'zod/mini';
import {
  AttributionRule,
  StoreId,
  usualAppointments,
  usualCollectionHours,
  visitOccasions,
  VisitOccasion,
} from '../../protocol/index.ts';

const within = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));

const Appointments = z.strictObject({
  /** How long one is. */
  minutes: z._default(within(15, 480), usualAppointments.minutes),
  daysAhead: z._default(within(1, 60), usualAppointments.daysAhead),
  /** None begins sooner than this from now. */
  leadMinutes: z._default(within(0, 10_080), usualAppointments.leadMinutes),
});

const Attribution = z.strictObject({
  /** Where no region names the boutique; halves to who assisted and who closes where none is given. */
  rule: z.optional(AttributionRule),
  regions: z._default(
    z.record(
      z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
      z.strictObject({ boutiques: z.array(StoreId).check(z.minLength(1)), rule: AttributionRule }),
    ),
    () => ({}),
  ),
});

/** What a Maison has settled about its sales. */
export const SaleSettings = z.strictObject({
  /** How long a piece waits to be collected. */
  collectionHours: z._default(within(1, 336), usualCollectionHours),
  appointments: z._default(Appointments, () => z.parse(Appointments, {})),
  /** Why clients come, as this house asks it when a visit is noted. */
  occasions: z._default(
    z.array(VisitOccasion).check(
      z.minLength(1),
      z.refine((all) => new Set(all).size === all.length),
    ),
    () => [...visitOccasions],
  ),
  attribution: z._default(Attribution, () => z.parse(Attribution, {})),
});
export type SaleSettings = z.infer<typeof SaleSettings>;
