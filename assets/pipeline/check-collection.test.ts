import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { Catalogue, type MakeupRegion } from '../../protocol/product.ts';
import type { Story } from '../../protocol/story.ts';
import { checkCollection } from './check-collection.ts';
import { edited, extras, spectacles } from './glb-for-tests.ts';

const file = new URL('../collections/norde/catalogue.json', import.meta.url);
const norde = Catalogue.parse(JSON.parse(readFileSync(file, 'utf8')));
const piece = norde.pieces.find(({ category }) => category === 'eyewear');
if (piece?.category !== 'eyewear') throw new Error('Norde sells no spectacles.');
const [variant] = piece.variants;
const [story] = norde.stories;
if (!variant || !story) throw new Error('Norde has neither a finish nor a story.');

/** A house of one pair of spectacles in one finish, and of one story of it. */
function house(change: Partial<typeof piece> = {}): object {
  const picture = { ...story?.cover, path: 'stories/a.webp' };
  const chapter = {
    ...story?.chapters[0],
    picture,
    pieces: [{ pieceId: piece?.id, variantId: variant?.id }],
  };
  const { posterPath: _, ...bare } = { ...variant, modelVariant: 'tortoise' };
  return {
    ...norde,
    stories: [{ ...story, cover: picture, chapters: [chapter] }],
    pieces: [
      {
        ...piece,
        variants: [bare],
        modelPath: 'pieces/a.glb',
        modelLodPath: undefined,
        dimensions: Object.fromEntries(Object.entries(extras.fit).filter(([name]) => name.endsWith('Mm'))),
        ...change,
      },
    ],
  };
}

describe('a house’s folder', () => {
  let model: Uint8Array;
  let picture: Uint8Array;
  const drawn = async (width: number, height: number): Promise<Uint8Array> =>
    new Uint8Array(
      await sharp({ create: { width, height, channels: 3, background: '#765' } })
        .webp()
        .toBuffer(),
    );
  beforeAll(async () => {
    model = await spectacles();
    picture = await drawn(1080, 1350);
  });

  const check = (catalogue: unknown, files: Readonly<Record<string, Uint8Array>>) => {
    const all: Readonly<Record<string, Uint8Array>> = {
      'h/catalogue.json': new TextEncoder().encode(JSON.stringify(catalogue)),
      'h/stories/a.webp': picture,
      ...files,
    };
    return checkCollection(
      'h',
      (name) => {
        const bytes = all[name];
        return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no such file: ${name}`));
      },
      (name) => Object.hasOwn(all, name),
    );
  };

  it('has nothing to be said of where catalogue, files and models agree', async () => {
    expect(await check(house(), { 'h/pieces/a.glb': model })).toEqual([]);
  });

  it('is told every file that it lacks, with the key that names it', async () => {
    expect(await check(house({ posterPath: 'posters/a.webp' }), {})).toEqual([
      `pieces.0 (${piece.id}).modelPath: there is no pieces/a.glb`,
      `pieces.0 (${piece.id}).posterPath: there is no posters/a.webp`,
    ]);
  });

  it('is told what its catalogue says of a piece that the model does not', async () => {
    const larger = { ...extras.fit, lensHeightMm: extras.fit.lensHeightMm + 2 };
    const other = await spectacles({ vitrine: { ...extras, fit: larger }, variants: ['smoke'] });
    expect(await check(house(), { 'h/pieces/a.glb': other })).toEqual([
      `${piece.id}: lensHeightMm is 38 in the catalogue, 40 in pieces/a.glb`,
      `${piece.id}.${variant.id}: pieces/a.glb has no finish tortoise`,
    ]);
  });

  it('is told where a colour is for another part of the face than its model lays it on', async () => {
    const dimensions = { lengthMm: 62, widthMm: 14 };
    const shades = { tortoise: { color: [0.4, 0.1, 0.1], opacity: 0.5, finish: 'satin' } };
    const fit = { ...dimensions, region: 'cheeks', shades };
    const vitrine = { ...extras, category: 'makeup', anchor: 'face', fit, moving: [], engraveable: [] };
    const colour = (region: MakeupRegion) => house({ category: 'makeup', region, dimensions });
    const files = { 'h/pieces/a.glb': await spectacles({ vitrine, variants: ['tortoise'] }) };
    expect(await check(colour('cheeks'), files)).toEqual([]);
    expect(await check(colour('eyes'), files)).toEqual([
      `${piece.id}: region is eyes in the catalogue, cheeks in pieces/a.glb`,
    ]);
  });

  it('is told of a second level that is the model itself, or hardly lighter', async () => {
    const fine = await spectacles({ triangles: 40 });
    const files = { 'h/pieces/a.glb': fine, 'h/pieces/a.lod1.glb': await spectacles({ triangles: 10 }) };
    expect(await check(house({ modelLodPath: 'pieces/a.lod1.glb' }), files)).toEqual([]);
    for (const same of ['pieces/a.glb', 'pieces/./a.glb']) {
      expect(await check(house({ modelLodPath: same }), { ...files, [`h/${same}`]: fine })).toEqual([
        `pieces.0 (${piece.id}).modelLodPath: this is the model itself; name its second level, or leave the key out`,
      ]);
    }
    const heavy = { ...files, 'h/pieces/a.lod1.glb': fine };
    expect(await check(house({ modelLodPath: 'pieces/a.lod1.glb' }), heavy)).toEqual([
      'pieces/a.lod1.glb: wrong-lod. The second level has 40 triangles; 12 are allowed.',
    ]);
  });

  it('is told of a story that no screen could show, and of one told where it has no boutique', async () => {
    const files = { 'h/pieces/a.glb': model };
    const told = async (change: (draft: Story) => void, seed?: unknown) => {
      const draft = structuredClone(house()) as { readonly stories: readonly Story[] };
      for (const each of draft.stories) change(each);
      const own = new TextEncoder().encode(JSON.stringify(seed));
      return check(draft, seed === undefined ? files : { ...files, 'h/oms-seed.json': own });
    };
    const at = `stories.0 (${story.id})`;
    expect(
      await told((draft) => {
        draft.title.fr = 'x'.repeat(5_000);
        draft.cover = { ...draft.cover, alt: { ...draft.cover.alt, en: 'x'.repeat(161) } };
        for (const chapter of draft.chapters) chapter.words.en = 'x'.repeat(261);
      }),
    ).toEqual([
      `${at}.title.fr: 5000 characters, where at most 40 fit the screen`,
      `${at}.cover.alt.en: 161 characters, where at most 160 fit the screen`,
      `${at}.chapters.0.words.en: 261 characters, where at most 260 fit the screen`,
    ]);
    expect(
      await told((draft) => {
        for (const { pieces } of draft.chapters) pieces.push(...pieces);
      }),
    ).toEqual([`${at}.chapters.0.pieces.1: ${piece.id} in ${variant.id} stands in this chapter already`]);
    const inMarais = (draft: Story): void => {
      draft.boutiques = ['norde-marais', 'norde-marias'];
    };
    const seed = { stores: [{ id: 'norde-marais' }, { id: 'norde-mayfair' }] };
    expect(await told(inMarais, seed)).toEqual([
      `${at}.boutiques.1: there is no boutique norde-marias; there are norde-marais, norde-mayfair`,
    ]);
    expect(await told(inMarais)).toEqual([]);
    expect(await told(inMarais, {})).toEqual(['oms-seed.json: stores is missing']);
  });

  it('is told which piece of a refused catalogue is meant, and of one GTIN on two articles', async () => {
    const files = { 'h/pieces/a.glb': model };
    expect(await check(house({ line: { en: 'A frame' } as typeof piece.line }), files)).toEqual([
      `pieces.0 (${piece.id}).line.fr is missing`,
    ]);
    const [one] = piece.variants.map((each) => ({
      ...each,
      modelVariant: 'tortoise',
      posterPath: undefined,
    }));
    const twice = one ? [one, { ...one, id: 'again', sku: 'again' }] : [];
    expect(await check(house({ variants: twice }), files)).toContain(
      `${piece.id}.again: its GTIN ${variant.gtin} is that of ${piece.id}.${variant.id} too`,
    );
  });

  it('is told of a model that the pipeline refuses, and of a catalogue that is none', async () => {
    const cut = edited(model, () => {}).subarray(0, 500);
    expect(await check(house(), { 'h/pieces/a.glb': cut })).toEqual([
      expect.stringMatching(/^pieces\/a\.glb: cut-short\. /),
    ]);
    expect(await check({}, {})).toContain('pieces is missing');
    expect(await checkCollection('nowhere', readFile, existsSync)).toEqual([
      expect.stringMatching(/^catalogue\.json cannot be read: /),
    ]);
  });

  it('has pictures that can be shown: of their shape, and no larger than every device keeps', async () => {
    const wrong = async (name: string, bytes: Uint8Array, change: Partial<typeof piece> = {}) =>
      (await check(house(change), { 'h/pieces/a.glb': model, [`h/${name}`]: bytes })).join(' ');
    const text = new TextEncoder().encode('no picture at all');
    expect(await wrong('stories/a.webp', text)).toContain('stories/a.webp: it cannot be read as a picture');
    expect(await wrong('stories/a.webp', await drawn(512, 512))).toContain('512 × 512 pixels');
    expect(await wrong('stories/a.webp', new Uint8Array(3_000_000))).toContain('3000 kB');
    expect(await wrong('stories/a.webp', await drawn(864, 1080))).toBe('');
    const poster = { posterPath: 'posters/a.webp' };
    expect(await wrong('posters/a.webp', picture, poster)).toContain('it must be square');
    expect(await wrong('posters/a.webp', await drawn(512, 512), poster)).toBe('');
  });
});
