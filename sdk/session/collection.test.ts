import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../protocol/product.ts';
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

  it('tells stories of pieces that it has, and of each of them', () => {
    const told = catalogue.story.chapters.flatMap((chapter) => chapter.pieces);
    expect(new Set(told)).toEqual(new Set(catalogue.pieces.map((piece) => piece.id)));
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

  it('says when there is none to be had', async () => {
    await expect(loadCollection(serve({}, 404), 'norde')).rejects.toMatchObject({
      code: 'collection-unreachable',
    });
  });
});
