import type { Locale } from '../../protocol/ids.ts';
import type { NextStepKind, VisitDecision, VisitNote, VisitOccasion } from '../../protocol/visit-note.ts';

type Spoken = Readonly<Record<Locale, string>>;

export const occasionWords: Readonly<Record<VisitOccasion, Spoken>> = {
  gift: { en: 'A gift', fr: 'Un cadeau' },
  'for-themselves': { en: 'For themselves', fr: 'Pour soi' },
  engagement: { en: 'An engagement', fr: 'Des fiançailles' },
  wedding: { en: 'A wedding', fr: 'Un mariage' },
  anniversary: { en: 'An anniversary', fr: 'Un anniversaire de mariage' },
  birthday: { en: 'A birthday', fr: 'Un anniversaire' },
  business: { en: 'Business', fr: 'Professionnel' },
  looking: { en: 'To look around', fr: 'Pour découvrir' },
};

export const decisionWords: Readonly<Record<VisitDecision, Spoken>> = {
  ordered: { en: 'Ordered', fr: 'Commandé' },
  held: { en: 'A piece is kept', fr: 'Une pièce est gardée' },
  appointment: { en: 'They come again', fr: 'Un rendez-vous' },
  thinking: { en: 'To think it over', fr: 'À réfléchir' },
  'not-now': { en: 'Not for now', fr: 'Pas pour l’instant' },
};

export const stepWords: Readonly<Record<NextStepKind, Spoken>> = {
  call: { en: 'Call', fr: 'Appeler' },
  message: { en: 'Write', fr: 'Écrire' },
  invite: { en: 'Invite', fr: 'Inviter' },
  'send-list': { en: 'Send the list', fr: 'Envoyer la liste' },
};

/** A calendar's day as it is spoken, `Friday 4 December`, or beside a task, `Fri 4 Dec`. It is the same day wherever it is read. */
export function dayWords(day: string, locale: Locale, length: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    weekday: length,
    day: 'numeric',
    month: length,
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`));
}

/** A note in one sentence, as both its client and an advisor read it. */
export function noteWords(
  { occasion, decision, next }: VisitNote,
  {
    locale,
    pieceName,
  }: { readonly locale: Locale; readonly pieceName?: ((sku: string) => string | null) | undefined },
): string {
  const said = `${occasionWords[occasion][locale]}. ${decisionWords[decision][locale]}.`;
  if (!next) return said;
  const by = locale === 'en' ? 'by' : 'd’ici au';
  const piece = next.sku === null ? null : (pieceName?.(next.sku) ?? null);
  const what = piece === null ? stepWords[next.step][locale] : `${stepWords[next.step][locale]}, ${piece}`;
  const step = `${said} ${what}, ${by} ${dayWords(next.dueOn, locale)}.`;
  if (next.line === null) return step;
  return `${step} ${locale === 'en' ? `‘${next.line}’` : `«\u202f${next.line}\u202f»`}`;
}
