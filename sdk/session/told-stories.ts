import type { Store } from '../../protocol/product.ts';
import type { Story, StoryTime } from '../../protocol/story.ts';
import { isSouthern, seasonOf, yearDayOf } from './season.ts';

/** Where and when stories are told. */
export interface StoryMoment {
  /** Wall time, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** Null while the device does not know its boutique: then only what is told everywhere is told. */
  readonly store: Pick<Store, 'id' | 'timeZone'> | null;
}

/**
 * The stories that a boutique tells now: those bound to a time before those of all year, else in the house's order. Where none
 * fits, the house's first, so that there is always one.
 */
export function toldStories(stories: readonly Story[], { nowMs, store }: StoryMoment): readonly Story[] {
  const timeZone = store?.timeZone ?? 'UTC';
  const yearDay = yearDayOf(nowMs, timeZone);
  const told = stories.filter(
    ({ boutiques, when }) =>
      (boutiques === undefined || (store !== null && boutiques.includes(store.id))) &&
      (when === undefined || isTime(when, yearDay, isSouthern(timeZone))),
  );
  if (told.length === 0) return stories.slice(0, 1);
  return [...told.filter(({ when }) => when), ...told.filter(({ when }) => !when)];
}

function isTime({ seasons, from, to }: StoryTime, yearDay: string, southern: boolean): boolean {
  if (seasons !== undefined && !seasons.includes(seasonOf(yearDay, southern))) return false;
  if (from === undefined || to === undefined) return true;
  return from <= to ? from <= yearDay && yearDay <= to : from <= yearDay || yearDay <= to;
}
