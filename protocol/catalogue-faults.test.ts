import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Catalogue } from './product.ts';
import { faultLine, schemaFaults } from './schema-fault.ts';

const file = new URL('../assets/collections/aurelle/catalogue.json', import.meta.url);
const sound = Catalogue.parse(JSON.parse(readFileSync(file, 'utf8')));

type Draft = typeof sound;

/** What is found wrong once the catalogue was edited. */
function faultsAfter(edit: (draft: Draft) => void): readonly string[] {
  const draft = structuredClone(sound);
  edit(draft);
  const parsed = Catalogue.safeParse(draft);
  return parsed.success ? [] : schemaFaults(parsed.error, draft).map((fault) => faultLine(fault));
}

function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error('The catalogue is empty.');
  return item;
}

describe('a catalogue is refused, with the key,', () => {
  it('where a piece, a finish or a SKU stands in it twice', () => {
    expect(faultsAfter(() => {})).toEqual([]);
    const piece = first(sound.pieces);
    const at = sound.pieces.length;
    const again = faultsAfter((draft) => draft.pieces.push(piece));
    expect(again[0]).toBe(`pieces.${at}.id: "${piece.id}" stands there twice`);
    expect(again[1]).toContain('is sold twice');
    const twice = faultsAfter((draft) => first(draft.pieces).variants.push(first(piece.variants)));
    expect(twice[0]).toMatch(/^pieces\.0\.variants\.\d+\.id: ".*" stands there twice$/);
  });

  it('where a GTIN has a wrong digit', () => {
    const faults = faultsAfter((draft) => {
      const variant = first(first(draft.pieces).variants);
      variant.gtin = `${variant.gtin.slice(0, 12)}${(Number(variant.gtin[12]) + 1) % 10}`;
    });
    expect(faults).toEqual([expect.stringMatching(/^pieces\.0\.variants\.0\.gtin: .*wrong check digit$/)]);
  });

  it.each(['//elsewhere.example/a.glb', '/a.glb', '../norde/pieces/a.glb', 'pieces/../../a.glb'])(
    'where it leads out of its own folder: %s',
    (path) => {
      const faults = faultsAfter((draft) => {
        first(draft.pieces).modelPath = path;
      });
      expect(faults).toEqual([`pieces.0.modelPath: "${path}" leads out of the catalogue's folder`]);
    },
  );

  it('where a story’s picture leads out of it', () => {
    const faults = faultsAfter((draft) => {
      first(draft.stories).cover.path = '//elsewhere.example/a.webp';
    });
    expect(faults).toEqual([expect.stringMatching(/^stories\.0\.cover\.path: /)]);
  });
});
