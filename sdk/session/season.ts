import type { Season } from '../../protocol/story.ts';

/** Zones of the IANA data base whose people have their winter in July; a name with a slash at its end stands for all below it. */
const southernZones: readonly string[] = [
  'America/Argentina/',
  'America/Asuncion',
  'America/Buenos_Aires',
  'America/Coyhaique',
  'America/La_Paz',
  'America/Lima',
  'America/Montevideo',
  'America/Punta_Arenas',
  'America/Santiago',
  'America/Sao_Paulo',
  'Africa/Gaborone',
  'Africa/Harare',
  'Africa/Johannesburg',
  'Africa/Lusaka',
  'Africa/Maputo',
  'Africa/Maseru',
  'Africa/Mbabane',
  'Africa/Windhoek',
  'Antarctica/',
  'Atlantic/Stanley',
  'Australia/',
  'Indian/Antananarivo',
  'Indian/Mauritius',
  'Indian/Reunion',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Fiji',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Pacific/Tongatapu',
];

const seasons: readonly Season[] = ['winter', 'spring', 'summer', 'autumn'];

/** Whether a boutique of that time zone has its summer in January. */
export function isSouthern(timeZone: string): boolean {
  return southernZones.some((zone) => (zone.endsWith('/') ? timeZone.startsWith(zone) : timeZone === zone));
}

/** The day of the year, `MM-DD`, on the wall of a boutique. */
export function yearDayOf(nowMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(nowMs);
  const partOf = (type: 'month' | 'day'): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${partOf('month')}-${partOf('day')}`;
}

/** The meteorological season of a day, `MM-DD`. */
export function seasonOf(yearDay: string, southern: boolean): Season {
  const month = Number(yearDay.slice(0, 2));
  const quarter = Math.floor((month % 12) / 3) + (southern ? 2 : 0);
  return seasons[quarter % 4] ?? 'winter';
}
