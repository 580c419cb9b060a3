import type { DeviceIdentity } from '../../protocol/device.ts';

/** Who rehearses in tests: on a tablet in Mayfair with a boutique nearby. */
export const identity: DeviceIdentity = {
  deviceId: 'tablet-00001',
  role: 'tablet',
  name: 'Tablet 1',
  maisonId: 'norde',
  maisonName: 'Norde',
  store: { id: 'norde-mayfair', name: 'Mayfair', city: 'London', locale: 'en', timeZone: 'Europe/London' },
  nearby: [{ id: 'norde-marais', name: 'Le Marais', city: 'Paris', locale: 'fr', timeZone: 'Europe/Paris' }],
};
/** The advisor of the house that the fixtures speak of. */
export const advisor = {
  id: 'imogen',
  name: 'Imogen Clarke',
  title: { en: 'Advisor', fr: 'Conseillère' },
  languages: ['en' as const],
};
