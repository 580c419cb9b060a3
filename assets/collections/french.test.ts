import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Every sentence under `fr`, however deep it lies. */
function french(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return key === 'fr' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    french(part, key === 'fr' || Array.isArray(value) ? key : name),
  );
}

describe('what the demo houses say in French', () => {
  it.each(['aurelle', 'norde'].flatMap((house) => [`${house}/catalogue`, `${house}/knowledge`]))(
    'breaks no line before a mark that belongs to the word before it: %s',
    (file) => {
      const said = french(JSON.parse(readFileSync(new URL(`${file}.json`, import.meta.url), 'utf8')));
      expect(said.length).toBeGreaterThan(20);
      expect(said.filter((sentence) => / [;:?!»]|« /.test(sentence))).toEqual([]);
    },
  );
});
