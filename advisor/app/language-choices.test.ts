import { expect, it } from 'vitest';
import { LanguageChoices } from './language-choices.ts';

/** A browser's storage, in memory. */
function storage(): Storage {
  const all = new Map<string, string>();
  return {
    get length() {
      return all.size;
    },
    key: (at) => [...all.keys()][at] ?? null,
    getItem: (name) => all.get(name) ?? null,
    setItem: (name, value) => void all.set(name, value),
    removeItem: (name) => void all.delete(name),
    clear: () => all.clear(),
  };
}

it('keeps the language that each advisor asked for, also on a page that is opened anew', () => {
  const tablet = storage();
  const before = new LanguageChoices(tablet, storage());
  before.keep('noemie-caron', 'en');
  before.keep(undefined, 'fr');
  const after = new LanguageChoices(tablet, storage());
  expect(after.read('noemie-caron')).toBe('en');
  expect(after.read('theo-vasseur')).toBeNull();
  expect(after.read(undefined)).toBeNull();
  expect(before.read(undefined)).toBe('fr');
  before.forgetNobodys();
  expect(before.read(undefined)).toBeNull();
  tablet.setItem('vitrine-tablet-language.noemie-caron', 'x');
  expect(after.read('noemie-caron')).toBeNull();
});

it('leaves nothing of who is no advisor here any more, and of nothing else', () => {
  const tablet = storage();
  tablet.setItem('vitrine-tablet-light', 'floor');
  const choices = new LanguageChoices(tablet, storage());
  for (const id of ['noemie-caron', 'left-long-ago']) choices.keep(id, 'en');
  choices.keepOnly(['noemie-caron']);
  expect(choices.read('noemie-caron')).toBe('en');
  expect([choices.read('left-long-ago'), tablet.length]).toEqual([null, 2]);
});
