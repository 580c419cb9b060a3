import type { ClientPurpose } from '../protocol/client-context.ts';
import type { PhoneReply } from '../protocol/client-phone.ts';
import { purposeWords } from '../protocol/client-words.ts';
import type { Locale } from '../protocol/ids.ts';
import { factWords, reasonWords } from '../sdk/session/client-fact-words.ts';
import { dayWithYear } from '../sdk/session/spoken-time.ts';
import { make } from './element.ts';
import type { Phrase } from './words.ts';

/** What is known, each fact with why; every purpose can be stopped, and everything forgotten in one touch. */
export function knownView(
  { place, reading }: PhoneReply,
  given: {
    readonly locale: Locale;
    readonly phrase: Phrase;
    readonly problem: string | null;
    readonly busy: boolean;
    readonly onStop: (purpose: ClientPurpose) => void;
    readonly onForget: () => void;
  },
): readonly Node[] {
  const { locale, phrase, problem, busy } = given;
  const { timeZone } = place;
  const voice = { locale, timeZone, advisors: reading.known?.advisors };
  const dayOf = (atMs: number) => dayWithYear(atMs, locale, timeZone);
  const { known } = reading;
  const forget = make('button', { text: phrase('forget'), onClick: given.onForget, disabled: busy });
  const keep = make('p', { className: 'quiet', text: phrase('keep', dayOf(place.expiresAtMs)) });
  const wrong = make('p', { className: 'problem', text: problem ?? '' });
  const end = [
    wrong,
    make('p', { text: phrase('forgetWords') }),
    make('div', { className: 'actions' }, forget),
    keep,
  ];
  if (!known) return [make('h1', { text: phrase('quiet') }), ...end];
  const facts = known.facts.map((told) => {
    const { about, known: words } = factWords(told.fact, voice);
    const why = make('small', { text: reasonWords(told, voice) });
    return make('div', {}, make('dt', { text: about }), make('dd', {}, make('span', { text: words }), why));
  });
  const grants = known.grants.map(({ purpose, term, endsAtMs }) =>
    make(
      'li',
      {},
      make('span', { text: `${purposeWords[purpose].title[locale]}, ${phrase(term, dayOf(endsAtMs))}` }),
      make('button', {
        className: 'small',
        text: phrase('stop'),
        disabled: busy,
        onClick: () => given.onStop(purpose),
      }),
    ),
  );
  return [
    make('h1', { text: phrase('known') }),
    make('p', { text: phrase('knownWords') }),
    facts.length > 0 ? make('dl', {}, ...facts) : make('p', { text: phrase('nothing') }),
    make('ul', { className: 'grants' }, ...grants),
    ...end,
  ];
}
