import type { Locale } from '../../protocol/ids.ts';
import { timeOfDay, timeWithDay } from '../session/spoken-time.ts';
import type { StockLine } from '../session/stock-line.ts';
import type { ActivationErrorCode } from './activation-error.ts';

/** What `<vitrine-boutique>` says. */
export interface BoutiqueWords {
  readonly joining: string;
  readonly many: (count: number) => string;
  readonly one: string;
  readonly reserved: string;
  readonly none: string;
  readonly nearby: (places: string) => string;
  readonly unknown: string;
  readonly asOf: (sentence: string, time: string) => string;
  readonly call: string;
  readonly calling: (store: string) => string;
  readonly answered: (advisor: string) => string;
  readonly digits: string;
  readonly confirm: string;
  readonly decline: string;
  readonly takeBack: string;
  readonly assisted: (advisor: string) => string;
  readonly farewell: string;
  readonly unanswered: string;
  readonly callProblems: Readonly<Partial<Record<ActivationErrorCode, string>>>;
  readonly callFailed: string;
}

const english: BoutiqueWords = {
  joining: 'One moment',
  many: (count) => `${count} in this boutique`,
  one: 'The last one in this boutique',
  reserved: 'Reserved in this boutique',
  none: 'Not in this boutique at the moment',
  nearby: (places) => `Not in this boutique, but at ${places}`,
  unknown: 'Ask in the boutique',
  asOf: (sentence, time) => `${sentence}, as of ${time}`,
  call: 'Call an advisor',
  calling: (store) => `${store} has been told. An advisor will be with you.`,
  answered: (advisor) => `${advisor} would like to join you. Do you both see these digits?`,
  digits: 'Digits to compare',
  confirm: 'Yes, the same',
  decline: 'Not now',
  takeBack: 'Take the call back',
  assisted: (advisor) => `You are with ${advisor}.`,
  farewell: 'Thank you, goodbye',
  unanswered: 'No advisor was free just now. Please call again.',
  callProblems: {
    'too-many': 'Many are calling at this moment. Please try again shortly.',
    unreachable: 'The boutique cannot be reached at this moment.',
    'call-over': 'This call has ended. Please call again.',
  },
  callFailed: 'That did not work. Please try again.',
};

const french: BoutiqueWords = {
  joining: 'Un instant',
  many: (count) => `${count} dans cette boutique`,
  one: 'La dernière dans cette boutique',
  reserved: 'Réservée dans cette boutique',
  none: 'Pas dans cette boutique en ce moment',
  nearby: (places) => `Pas dans cette boutique, mais à ${places}`,
  unknown: 'À demander en boutique',
  asOf: (sentence, time) => `${sentence}, à ${time}`,
  call: 'Appeler un conseiller',
  calling: (store) => `${store} est prévenue. Un conseiller vous rejoint.`,
  answered: (advisor) => `${advisor} souhaite vous rejoindre. Voyez-vous tous deux ces chiffres\u202f?`,
  digits: 'Chiffres à comparer',
  confirm: 'Oui, les mêmes',
  decline: 'Pas maintenant',
  takeBack: 'Annuler l’appel',
  assisted: (advisor) => `Vous êtes avec ${advisor}.`,
  farewell: 'Merci, au revoir',
  unanswered: 'Aucun conseiller n’était libre à l’instant. Appelez de nouveau.',
  callProblems: {
    'too-many': 'Beaucoup appellent en ce moment. Réessayez dans un instant.',
    unreachable: 'La boutique est injoignable pour le moment.',
    'call-over': 'Cet appel est terminé. Appelez de nouveau.',
  },
  callFailed: 'Cela n’a pas abouti. Réessayez.',
};

/** The words of a language; English where it has none of its own. */
export function boutiqueWordsFor(locale: Locale): BoutiqueWords {
  return locale === 'fr' ? french : english;
}

/** Where and when a stock sentence is said. */
export interface SaidAt {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** The stock of one SKU in a sentence. A number that is not current always carries its age. */
export function stockSentence(line: StockLine, { locale, timeZone, nowMs }: SaidAt): string {
  const words = boutiqueWordsFor(locale);
  const sentence = plainSentence(line, words, locale);
  if (line.here.kind === 'unknown') return sentence;
  const { freshness, vouchedAtMs } = line;
  if (freshness.kind === 'stale')
    return words.asOf(sentence, timeWithDay(freshness.asOfMs, nowMs, locale, timeZone));
  return vouchedAtMs === null ? sentence : words.asOf(sentence, timeOfDay(vouchedAtMs, locale, timeZone));
}

function plainSentence({ here }: StockLine, words: BoutiqueWords, locale: Locale): string {
  switch (here.kind) {
    case 'here-many':
      return words.many(here.count);
    case 'one-left':
      return words.one;
    case 'none-here-nearby': {
      const names = here.places.map(({ store }) => store.name);
      return words.nearby(new Intl.ListFormat(locale, { type: 'conjunction' }).format(names));
    }
    case 'held':
    case 'none':
      return here.kind === 'held' || here.reserved ? words.reserved : words.none;
    case 'unknown':
      return words.unknown;
  }
}
