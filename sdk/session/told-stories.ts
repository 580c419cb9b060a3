import type { BoutiqueContent } from '../../protocol/boutique.ts';
import type { DeviceIdentity } from '../../protocol/device.ts';
import type { Store } from '../../protocol/product.ts';
import type { Season, Story, StoryTime } from '../../protocol/story.ts';
import { isSouthern, seasonOf, yearDayOf } from './season.ts';

/** Where and when stories are told. */
export interface StoryMoment {
  /** Wall time, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** Null while the device does not know its boutique: then only what is told everywhere is told. */
  readonly store: Pick<Store, 'id' | 'timeZone'> | null;
  /** What the house has chosen for the boutique: a season whatever the date, and the story that comes first. */
  readonly chosen?: Pick<BoutiqueContent, 'season' | 'story'> | undefined;
}

/** The moment of a device, by what it knows of itself. */
export function momentOf(identity: DeviceIdentity | null, nowMs: number): StoryMoment {
  return { nowMs, store: identity?.store ?? null, chosen: identity?.boutique };
}

/**
 * The stories that a boutique tells now: the one that the house has chosen for it, then those bound to a time before those of all
 * year, else in the house's order. Where none fits, the house's first, so that there is always one.
 */
export function toldStories(
  stories: readonly Story[],
  { nowMs, store, chosen }: StoryMoment,
): readonly Story[] {
  const timeZone = store?.timeZone ?? 'UTC';
  const yearDay = yearDayOf(nowMs, timeZone);
  const season = chosen?.season ?? seasonOf(yearDay, isSouthern(timeZone));
  const told = stories.filter(
    ({ boutiques, when }) =>
      (boutiques === undefined || (store !== null && boutiques.includes(store.id))) &&
      (when === undefined || isTime(when, yearDay, season)),
  );
  const first = stories.find(({ id }) => id === chosen?.story);
  const others = told.filter((story) => story !== first);
  const inOrder = [
    ...(first ? [first] : []),
    ...others.filter(({ when }) => when),
    ...others.filter(({ when }) => !when),
  ];
  return inOrder.length > 0 ? inOrder : stories.slice(0, 1);
}

function isTime({ seasons, from, to }: StoryTime, yearDay: string, season: Season): boolean {
  if (seasons !== undefined && !seasons.includes(season)) return false;
  if (from === undefined || to === undefined) return true;
  return from <= to ? from <= yearDay && yearDay <= to : from <= yearDay || yearDay <= to;
}
