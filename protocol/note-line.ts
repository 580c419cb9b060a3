import { noteWords } from './note-words.ts';

/** Why a line is not taken, and the words that are the reason, as they were typed. */
export interface LineFault {
  /** `person`: of looks, body, health, faith or whom somebody loves or has lost. `contact`: an address or a number, which has its own place in the house's record. */
  readonly kind: 'person' | 'contact';
  readonly word: string;
}

/** A run of digits from this length on is a telephone's or a card's: no price and no date has so many. */
const longestNumber = 7;

/** Digits of every script, and whatever is not seen between them. */
const contacts: readonly RegExp[] = [
  /[^\s@＠﹫]+[@＠﹫][^\s@＠﹫]+/u,
  /\b(?:https?:|www\.)\S*/iu,
  new RegExp(`\\+?\\p{Nd}(?:[\\s./()\\p{Cf}-]*\\p{Nd}){${longestNumber - 1},}`, 'u'),
];

/** A day, as it is written in either language; it is no telephone number. */
const writtenDay = /\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})\b/gu;

const lists = Object.values(noteWords);
const people = new Set(lists.flatMap(({ person }) => person));

/**
 * Whether a line is about anything but the piece and the next step: null where it may be written. A list is no lock: it stops what is
 * written without a thought, and the client reads the rest on their own page.
 */
export function lineFault(line: string): LineFault | null {
  const dayless = line.replace(writtenDay, ' ');
  for (const contact of contacts) {
    const found = contact.exec(dayless);
    if (found) return { kind: 'contact', word: found[0].trim() };
  }
  // Turns of phrase are taken out, and nothing of them is joined to what stood beside.
  const left = lists
    .flatMap(({ ofPieces }) => ofPieces)
    .reduce((text, phrase) => text.replace(phrase, '.'), bare(line));
  const disguised = disguisedWord(left);
  const foreign = mixedScripts.exec(line)?.[0];
  if (foreign !== undefined) return { kind: 'person', word: foreign };
  const word = left.split(/[^a-z]+/u).find((one) => people.has(one)) ?? disguised;
  return word === undefined ? null : { kind: 'person', word: asTyped(line, word) };
}

/** A word in two alphabets: no pen writes one, and it reads as what it is not. */
const mixedScripts = /(?=\p{L}*\p{Script=Latin})\p{L}*[\p{Script=Cyrillic}\p{Script=Greek}]\p{L}*/u;

/** Digits that are read as letters. */
const readAs: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's' };

/** A listed word that is written letter by letter, or with digits in it. */
function disguisedWord(text: string): string | undefined {
  const spaced = text.match(/\b[a-z](?: [a-z])+\b/gu) ?? [];
  const digits = text.match(/\b[a-z]+[0-9][a-z0-9]*\b/gu) ?? [];
  return (
    spaced.flatMap(runsOf).find((letters) => people.has(letters.replaceAll(' ', ''))) ??
    digits.find((word) => people.has(word.replace(/[0-9]/gu, (digit) => readAs[digit] ?? digit)))
  );
}

/** What could be read out of letters that stand apart: every run of three and more. */
function runsOf(letters: string): string[] {
  const all = letters.split(' ');
  return all.flatMap((_, from) =>
    all.slice(from + 2).map((_letter, more) => all.slice(from, from + 3 + more).join(' ')),
  );
}

/** Words to compare: small letters without accents, nothing that prints nothing within them, one space between them. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]+/gu, '')
    .replace(/ƒ/gu, 'f')
    .replace(/œ/gu, 'oe')
    .replace(/æ/gu, 'ae')
    .replace(/[^a-z0-9]+/gu, ' ');
}

/** The word as the advisor wrote it, so that they find it. */
function asTyped(line: string, word: string): string {
  const typed = line.split(/[^\p{L}\p{M}\p{Cf}]+/u).find((one) => bare(one).trim() === word);
  return typed ?? word;
}
