import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSettings, readHouseSettings, type KnownHouse } from './house-settings.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vitrine-houses-'));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

const known: readonly KnownHouse[] = [
  { maisonId: 'norde', storeIds: ['norde-marais', 'norde-mayfair'], catalogue: undefined },
];

async function read(norde: unknown) {
  await writeFile(join(dir, 'houses.json'), JSON.stringify({ schemaVersion: 1, maisons: { norde } }));
  const settings = await readHouseSettings(dir);
  checkSettings(settings, known);
  return settings;
}

const told = (message: string) =>
  expect.objectContaining({
    code: 'houses-invalid',
    message: expect.stringContaining(message) as unknown,
    advice: expect.stringContaining('docs/operations.md') as unknown,
  }) as Error;

describe('a house’s settings', () => {
  it('are the usual ones where there is no file, and where a house has settled nothing', async () => {
    const none = await readHouseSettings(join(dir, 'nowhere'));
    expect(none.of('norde')).toEqual((await read({})).of('norde'));
    expect(none.of('norde').retention).toEqual({ sessionDays: 90, auditDays: 730, answerHours: 24 });
    expect(none.content('norde', 'norde-marais')).toEqual({ locales: ['en', 'fr'] });
    expect(none.language('norde', 'norde-marais', 'fr')).toBe('fr');
  });

  it('say a boutique’s language, and begin in one that the house offers', async () => {
    const settings = await read({
      locales: ['en'],
      boutiques: { 'norde-marais': { season: 'winter' } },
    });
    expect(settings.language('norde', 'norde-marais', 'fr')).toBe('en');
    const french = await read({ boutiques: { 'norde-mayfair': { language: 'fr' } } });
    expect(french.language('norde', 'norde-mayfair', 'en')).toBe('fr');
    expect(french.language('norde', 'norde-marais', 'en')).toBe('en');
  });

  it('reckon a collection’s folder from the data folder', async () => {
    await writeFile(
      join(dir, 'houses.json'),
      JSON.stringify({ schemaVersion: 1, maisons: { norde: { collectionDir: 'norde-collection' } } }),
    );
    expect((await readHouseSettings(dir)).of('norde').collectionDir).toBe(join(dir, 'norde-collection'));
  });

  it.each([
    [{ keyGeneration: 0 }, 'maisons.norde.keyGeneration'],
    [{ locales: [] }, 'maisons.norde.locales'],
    [{ locales: ['en', 'en'] }, 'maisons.norde.locales'],
    [{ locales: ['de'] }, 'maisons.norde.locales.0'],
    [{ retention: { sessionDays: 1 } }, 'maisons.norde.retention.sessionDays'],
    [{ retention: { sesionDays: 90 } }, 'sesionDays'],
    [{ colour: 'red' }, 'colour'],
    [{ boutiques: { 'norde-marais': { language: 'de' } } }, 'norde-marais.language'],
    [
      {
        boutiques: {
          'norde-marais': { openingHours: { week: { monday: [{ from: '19:00', to: '10:00' }] } } },
        },
      },
      'openingHours.week.monday.0: `from` comes before `to`',
    ],
    [
      { boutiques: { 'norde-marais': { openingHours: { week: {}, days: { '2026-02-30': [] } } } } },
      'openingHours.days.2026-02-30',
    ],
    [{ locales: ['en'], boutiques: { 'norde-marais': { language: 'fr' } } }, 'norde-marais.language is fr'],
    [
      { boutiques: { 'norde-soho': {} } },
      'norde-soho is no boutique of it. It has norde-marais, norde-mayfair',
    ],
    [{ boutiques: { 'norde-marais': { story: 'gone' } } }, 'story is gone. The catalogue tells none'],
    [{ collectionDir: '/nowhere' }, 'collectionDir: there is no catalogue.json in /nowhere'],
  ])('that are wrong are refused by the name of the key: %j', async (norde, message) => {
    await expect(read(norde)).rejects.toThrow(told(message));
  });

  it('of a Maison that is not there, and a file that is none, are refused', async () => {
    const maisons = { nordee: {} };
    await writeFile(join(dir, 'houses.json'), JSON.stringify({ schemaVersion: 1, maisons }));
    const settings = await readHouseSettings(dir);
    expect(() => checkSettings(settings, known)).toThrow(told('maisons.nordee is no Maison of this server'));
    await writeFile(join(dir, 'houses.json'), '{');
    await expect(readHouseSettings(dir)).rejects.toThrow(told('is not JSON'));
    await writeFile(join(dir, 'houses.json'), '{"schemaVersion":2,"maisons":{}}');
    await expect(readHouseSettings(dir)).rejects.toThrow(told('schemaVersion'));
  });
});
