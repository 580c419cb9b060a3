import type { ClientContext, ClientFact, FactReason, KnownFact } from '../../protocol/client-context.ts';
import type { AdvisorId, Locale, Sku } from '../../protocol/ids.ts';
import { noteWords } from './visit-note-words.ts';

/** What a fact cannot say of itself: who an advisor is, and whose clock an hour is on. */
export interface FactVoice {
  readonly locale: Locale;
  readonly timeZone: string;
  /** Advisors by their ids: those whom the house named with the facts. */
  readonly advisors?: ClientContext['advisors'] | undefined;
  /** What this screen's catalogue calls a piece in its finish; null where it does not know it, or the screen has none. */
  readonly pieceName?: (sku: string) => string | null;
}

/** A fact as a screen shows it: what it is about, and what is known. */
export interface FactWords {
  readonly about: string;
  readonly known: string;
}

const abouts: Readonly<Record<ClientFact['kind'], Readonly<Record<Locale, string>>>> = {
  name: { en: 'Name', fr: 'Nom' },
  language: { en: 'Language', fr: 'Langue' },
  advisor: { en: 'Usual advisor', fr: 'Conseiller habituel' },
  appointment: { en: 'Appointment', fr: 'Rendez-vous' },
  size: { en: 'Size', fr: 'Taille' },
  owned: { en: 'Owns', fr: 'Possède' },
  wished: { en: 'Wishes for', fr: 'Souhaite' },
  care: { en: 'In care', fr: 'Entretien' },
  'visit-note': { en: 'Noted', fr: 'Noté' },
};

const sizes: Readonly<Record<Extract<ClientFact, { kind: 'size' }>['of'], Readonly<Record<Locale, string>>>> =
  {
    ring: { en: 'Ring size', fr: 'Taille de bague' },
    wrist: { en: 'Wrist', fr: 'Poignet' },
    frame: { en: 'Frame size', fr: 'Taille de monture' },
    hat: { en: 'Hat size', fr: 'Tour de tête' },
    belt: { en: 'Belt size', fr: 'Taille de ceinture' },
  };

const care: Readonly<
  Record<Extract<ClientFact, { kind: 'care' }>['state'], Readonly<Record<Locale, string>>>
> = {
  'in-care': { en: 'with our workshop', fr: 'dans notre atelier' },
  ready: { en: 'ready to be fetched', fr: 'prêt à être retiré' },
  due: { en: 'due for a look', fr: 'à faire vérifier' },
};

const languages: Readonly<Record<Locale, Readonly<Record<Locale, string>>>> = {
  en: { en: 'English', fr: 'French' },
  fr: { en: 'anglais', fr: 'français' },
};

/** Puts a fact into words. */
export function factWords(fact: ClientFact, voice: FactVoice): FactWords {
  const about = fact.kind === 'size' ? sizes[fact.of] : abouts[fact.kind];
  return { about: about[voice.locale], known: knownWords(fact, voice) };
}

const somebody: Readonly<Record<Locale, string>> = { en: 'A colleague', fr: 'Un collègue' };

function knownWords(fact: ClientFact, { locale, timeZone, advisors, pieceName }: FactVoice): string {
  // A piece of today is called as this screen calls it, in its language; any other as the house wrote it down.
  const named = ({ sku, name }: { readonly sku: Sku | null; readonly name: string }) =>
    (sku === null ? null : pieceName?.(sku)) ?? name;
  const nameOf = (id: AdvisorId) => advisors?.find((one) => one.id === id)?.name;
  switch (fact.kind) {
    case 'name':
      return fact.name;
    case 'language':
      return languages[locale][fact.locale];
    case 'advisor':
      return nameOf(fact.advisorId) ?? somebody[locale];
    case 'appointment': {
      const time = new Intl.DateTimeFormat(tagOf(locale), {
        hour: '2-digit',
        minute: '2-digit',
        timeZone,
      }).format(fact.startsAtMs);
      const name = fact.advisorId && nameOf(fact.advisorId);
      return name ? `${time}, ${name}` : time;
    }
    case 'size':
      return fact.value;
    case 'owned':
    case 'wished':
      return named(fact);
    case 'care':
      return `${named(fact)}${locale === 'fr' ? '\u00a0' : ''}: ${care[fact.state][locale]}`;
    case 'visit-note':
      return noteWords(fact, { locale, pieceName });
  }
}

const reasons: Readonly<Record<FactReason, Readonly<Record<Locale, string>>>> = {
  'told-us': { en: 'Because you told us', fr: 'Parce que vous nous l’avez dit' },
  chose: { en: 'Because you chose it', fr: 'Parce que vous l’avez choisi' },
  bought: { en: 'Because you bought it', fr: 'Parce que vous l’avez acheté' },
  wished: { en: 'Because you kept it on your list', fr: 'Parce que vous l’avez gardé sur votre liste' },
  measured: { en: 'Because we measured it with you', fr: 'Parce que nous l’avons mesuré avec vous' },
  booked: { en: 'Because you booked it', fr: 'Parce que vous l’avez réservé' },
  'left-for-care': { en: 'Because you left it in our care', fr: 'Parce que vous nous l’avez confié' },
  'agreed-to-notes': {
    en: 'Because you let us remember your visit',
    fr: 'Parce que vous nous laissez nous souvenir de votre visite',
  },
};

/** Why it is there, from where and since when: `Because you told us. Place Vendôme, 12 May 2026`. */
export function reasonWords(
  { reason, source, asOfMs }: Pick<KnownFact, 'reason' | 'source' | 'asOfMs'>,
  { locale, timeZone }: FactVoice,
): string {
  const day = new Intl.DateTimeFormat(tagOf(locale), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  }).format(asOfMs);
  return `${reasons[reason][locale]}. ${source}, ${day}`;
}

function tagOf(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : 'fr-FR';
}
