import { describe, expect, it } from 'vitest';
import { Locale } from '../../protocol/ids.ts';
import { en, type MessageId } from './en.ts';
import { sentences, speakerOf } from './words.ts';

const ids = Object.keys(en) as MessageId[];

/** Names inside `{…}` at the head of each placeholder, without the words of plural branches. */
function placeholders(message: string): string[] {
  return [...new Set(Array.from(message.matchAll(/\{(\w+)(?=[,}])/g), (match) => match[1] ?? ''))].sort();
}

describe('the kiosk in every language', () => {
  it.each(Locale.options)(
    '%s has every sentence, with the same placeholders, and none of another',
    (locale) => {
      expect(Object.keys(sentences[locale]).sort()).toEqual([...ids].sort());
      for (const id of ids) {
        expect(sentences[locale][id].trim(), id).not.toBe('');
        expect(placeholders(sentences[locale][id]), id).toEqual(placeholders(en[id]));
      }
    },
  );

  it.each(Locale.options)('%s says every sentence with no placeholder left over', (locale) => {
    const say = speakerOf(locale);
    for (const id of ids) {
      const values = Object.fromEntries(placeholders(en[id]).map((name) => [name, 2]));
      expect(say(id, values), id).not.toMatch(/[{}]|undefined/);
    }
  });

  it('keeps its voice: no exclamation marks, no codes', () => {
    for (const locale of Locale.options)
      for (const id of ids) expect(sentences[locale][id], id).not.toMatch(/!|error|erreur/i);
  });

  it('counts in words', () => {
    expect(speakerOf('en')('idle.words', { seconds: 1 })).toContain('1 second ');
    expect(speakerOf('fr')('idle.words', { seconds: 3 })).toContain('3 secondes');
    expect(speakerOf('en')('farewell.kept.with', { count: 2, name: 'Ingrid' })).toBe(
      'These stay with Ingrid',
    );
  });
});
