import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Catalogue, Store } from '../../protocol/product.ts';
import { Theme } from '../../protocol/theme.ts';
import { loadCollection } from './collection.ts';

const collections = join(import.meta.dirname, '../../assets/collections');
const read = (house: string, file: string): unknown =>
  JSON.parse(readFileSync(join(collections, house, file), 'utf8'));

function checkDigit(gtin: string): number {
  const sum = Array.from(gtin.slice(0, 12)).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1),
    0,
  );
  return (10 - (sum % 10)) % 10;
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['norde', 'aurelle'])('the collection of %s', (house) => {
  const catalogue = Catalogue.parse(read(house, 'catalogue.json'));
  const theme = Theme.parse(read(house, 'theme.json'));

  it('belongs to its house', () => {
    expect([catalogue.maisonId, theme.maisonId]).toEqual([house, house]);
  });

  it('has right GTINs and SKUs, each once', () => {
    const variants = catalogue.pieces.flatMap((piece) =>
      piece.variants.map((variant) => ({ piece, variant })),
    );
    for (const { piece, variant } of variants) {
      expect(Number(variant.gtin[12]), variant.gtin).toBe(checkDigit(variant.gtin));
      expect(variant.sku).toBe(`${piece.id}.${variant.id}`);
    }
    expect(new Set(variants.map(({ variant }) => variant.gtin)).size).toBe(variants.length);
  });

  it('tells at least two stories, all year of each of its pieces', () => {
    expect(catalogue.stories.length).toBeGreaterThanOrEqual(2);
    const allYear = catalogue.stories.filter(({ when, boutiques }) => !when && !boutiques);
    const told = allYear.flatMap(({ chapters }) => chapters.flatMap(({ pieces }) => pieces));
    expect(new Set(told.map(({ pieceId }) => pieceId))).toEqual(
      new Set(catalogue.pieces.map((piece) => piece.id)),
    );
  });

  it('shows every chapter by an upright picture that a mirror loads at once', async () => {
    const pictures = catalogue.stories.flatMap(({ cover, chapters }) => [
      cover,
      ...chapters.map(({ picture }) => picture),
    ]);
    for (const { path } of pictures) {
      const file = join(collections, house, path);
      const { format, width, height } = await sharp(file).metadata();
      expect([path, format]).toEqual([path, 'webp']);
      expect(width, path).toBeGreaterThanOrEqual(640);
      expect(height / width, path).toBeCloseTo(1.25, 2);
      expect(statSync(file).size, path).toBeLessThanOrEqual(120_000);
    }
  });

  it('names in its stories only boutiques that it has', () => {
    const { stores } = read(house, 'oms-seed.json') as { readonly stores: readonly unknown[] };
    const named = catalogue.stories.flatMap(({ boutiques = [] }) => boutiques);
    expect(stores.map((store) => Store.parse(store).id)).toEqual(expect.arrayContaining(named));
  });

  it('can be read by everyone: text at 7 to 1, quiet text and text on the accent at 4.5 to 1', () => {
    const { ground, surface, ink, inkQuiet, accent, onAccent } = theme.colours;
    for (const under of [ground, surface]) {
      expect(contrast(ink, under)).toBeGreaterThanOrEqual(7);
      expect(contrast(inkQuiet, under)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(accent, ground)).toBeGreaterThanOrEqual(3);
  });
});

/** A story as a Maison may misspell it. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

describe('reading a collection', () => {
  const serve =
    (body: unknown, status = 200) =>
    () =>
      Promise.resolve(Response.json(body, { status }));

  it('refuses one that does not have the agreed form', async () => {
    await expect(loadCollection(serve({ schemaVersion: 2 }), 'norde')).rejects.toMatchObject({
      code: 'collection-unreadable',
    });
  });

  it.each([
    ['a day that no year has', 'when', (story: Loose) => (story.when = { from: '02-30', to: '03-01' })],
    ['half a time', 'when', (story: Loose) => (story.when = { from: '11-15' })],
    ['a season of its own', 'seasons', (story: Loose) => (story.when = { seasons: ['monsoon'] })],
    ['no boutique at all', 'boutiques', (story: Loose) => (story.boutiques = [])],
    ['a picture from elsewhere', 'path', (story: Loose) => (story.cover.path = 'https://x.example/a.webp')],
    [
      'a piece that the house does not have',
      'pieces',
      (story: Loose) => (story.chapters[0].pieces[0].pieceId = 'none'),
    ],
    [
      'a finish that the piece does not have',
      'pieces',
      (story: Loose) => (story.chapters[0].pieces[0].variantId = 'none'),
    ],
    ['one language only', 'fr', (story: Loose) => delete story.mood.fr],
    ['a key that nobody knows', 'moods', (story: Loose) => (story.moods = 'calm')],
    ['the name of another', 'id', (story: Loose) => (story.id = 'light-comes-in-low')],
  ])('names the key of a story that tells %s', async (_, key, spoil) => {
    const catalogue = structuredClone(read('norde', 'catalogue.json')) as { stories: Loose[] };
    spoil(catalogue.stories[1]);
    const told = loadCollection(serve(catalogue), 'norde').catch((fault: unknown) => fault);
    expect(await told).toMatchObject({ code: 'collection-unreadable' });
    expect(String(await told)).toMatch(new RegExp(`"stories",\\s*1,[^\\]]*"${key}"|"${key}"`));
    expect(String(await told)).toMatch(/"stories",\s*1/);
  });

  it('says when there is none to be had', async () => {
    await expect(loadCollection(serve({}, 404), 'norde')).rejects.toMatchObject({
      code: 'collection-unreachable',
    });
  });
});
