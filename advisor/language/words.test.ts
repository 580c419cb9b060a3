import { describe, expect, it } from 'vitest';
import { Locale } from '../../protocol/ids.ts';
import { en, type MessageId } from './en.ts';
import { refusalWords } from './refusal-words.ts';
import { sentences, speakerOf } from './words.ts';

const ids = Object.keys(en) as MessageId[];
const placeholders = (sentence: string): readonly string[] =>
  [...new Set(Array.from(sentence.matchAll(/\{([a-z]\w*)(?=[,}])/g), (found) => found[1] ?? ''))].sort();

describe("the tablet's words", () => {
  it.each(Locale.options)('%s says every sentence, with the same values and none left over', (locale) => {
    expect(Object.keys(sentences[locale]).sort()).toEqual([...ids].sort());
    const say = speakerOf(locale);
    for (const id of ids) {
      expect(placeholders(sentences[locale][id]), id).toEqual(placeholders(en[id]));
      const values = Object.fromEntries(placeholders(en[id]).map((name) => [name, 2]));
      expect(say(id, values), id).not.toMatch(/[{}]|undefined/);
    }
  });

  it('say once what a list named that the house has no more, and not why', () => {
    const came = (locale: Locale, came: number, gone: number) =>
      speakerOf(locale)('list.came', { came, gone });
    expect(came('en', 0, 2)).toBe('None of its pieces is in the house any more.');
    expect(came('en', 1, 2)).toBe('1 piece of it is in this visit. 2 are no longer in the house.');
    expect(came('fr', 0, 2)).toBe('Aucune de ses pièces n’est plus dans la maison.');
    expect(came('fr', 2, 1)).toBe('2 de ses pièces sont dans cette visite. 1 n’est plus dans la maison.');
  });

  it('keep their voice: no exclamation marks, no codes', () => {
    for (const locale of Locale.options)
      for (const id of ids) expect(sentences[locale][id], id).not.toMatch(/!|error|erreur/i);
  });

  // Who speaks to their tablet says what they see on the button (WCAG 2.5.3).
  it.each(Locale.options)(
    '%s names every button by what is written on it, and then by what it is for',
    (locale) => {
      const isId = (id: string): id is MessageId => id in en;
      const named = ids.filter((id) => id.endsWith('.label') && isId(id.slice(0, -'.label'.length)));
      expect(named.length).toBeGreaterThan(10);
      for (const id of named) {
        const written = id.slice(0, -'.label'.length);
        if (!isId(written) || sentences[locale][written].includes('{')) continue;
        expect(sentences[locale][id].toLowerCase(), id).toContain(sentences[locale][written].toLowerCase());
      }
    },
  );
});

describe('a refusal', () => {
  const voice = {
    say: speakerOf('en'),
    locale: 'en',
    timeZone: 'Europe/Oslo',
    nowMs: Date.UTC(2026, 10, 22, 9, 0),
  } as const;
  const words = (
    ...[attempt, error]: [Parameters<typeof refusalWords>[0], Parameters<typeof refusalWords>[1]]
  ) => refusalWords(attempt, error, voice);

  it('to a wrong, expired, used, locked or foreign code says something else each time', () => {
    const codes = [
      'code-unknown',
      'code-expired',
      'code-used',
      'code-locked',
      'wrong-store',
      'internal',
    ] as const;
    const said = codes.map((code) => words('claim', { code, message: 'for the log' }));
    expect(new Set(said).size).toBe(codes.length);
    for (const sentence of said) expect(sentence).not.toMatch(/for the log|code-|\d/);
  });

  it('says how many tries are left, and when a locked PIN opens again', () => {
    expect(words('sign-in', { code: 'pin-wrong', message: '', triesLeft: 2 })).toContain('2 tries left');
    expect(words('sign-in', { code: 'pin-locked', message: '', retryAfterMs: 300_000 })).toContain('10:05');
  });

  it('says when the next piece may be free', () => {
    const nextFreeAtMs = voice.nowMs + 900_000;
    expect(words('action', { code: 'out-of-stock', message: '', nextFreeAtMs })).toContain('10:15');
  });
});
