import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { picturesToKeep } from '../../kiosk/service-worker/what-to-keep.ts';
import { postersToKeep } from '../../sdk/session/data-to-keep.ts';

const file = join(import.meta.dirname, '../../assets/collections/norde/catalogue.json');

it('keeps every picture of a house’s stories for a mirror without a line, each once', () => {
  const pictures = picturesToKeep(JSON.parse(readFileSync(file, 'utf8')));
  expect(pictures).toContain('/collections/norde/stories/the-door.webp');
  expect(pictures).toContain('/collections/norde/stories/noon-at-the-horizon.webp');
  expect(new Set(pictures).size).toBe(pictures.length);
});

it('keeps every picture of a house’s pieces for a tablet without a line', () => {
  const there = readdirSync(join(file, '../posters')).map((name) => `/collections/norde/posters/${name}`);
  expect([...postersToKeep(JSON.parse(readFileSync(file, 'utf8')))].toSorted()).toEqual(there.toSorted());
});

it('keeps nothing of a catalogue that it cannot read', () => {
  expect(picturesToKeep({ schemaVersion: 2 })).toEqual([]);
  expect(postersToKeep({ schemaVersion: 2 })).toEqual([]);
});
