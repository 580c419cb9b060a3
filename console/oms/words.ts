import { createSpeakers, type Say as SayOf } from '../../sdk/session/speaker.ts';

const en = {
  title: 'Stock as the house counts it',
  lead: 'What you count here is what every mirror and every tablet shows, at once.',
  'language.other': 'Français',
  'language.other.label': 'Passer en français',
  'line.live': 'Live',
  'line.connecting': 'Connecting',
  'line.offline': 'As of {time}',
  'line.offline.words': 'The line to the server is being restored. What you see was true at {time}.',
  piece: 'Piece',
  'on-hand': 'On hand of {piece}, {variant}, {boutique}',
  less: 'One less',
  more: 'One more',
  free: '{count, plural, =0 {none free} one {# free} other {# free}}',
  'as-of': 'as of {time}',
  unknown: 'not counted yet',
  set: 'Set',
  'set.label': 'Set {piece}, {variant}, {boutique} to {count}',
  setting: 'Setting',
  said: '{piece}, {variant}: {count} in {boutique}',
  opening: 'One moment',
  'read-failed': 'The counts could not be read.',
  again: 'Try again',
  'enrol.title': 'A new console',
  'enrol.words': 'Enter the one-time code that was made for the console of this house. It works once.',
  'enrol.code': 'Enrolment code',
  'enrol.send': 'Enrol this console',
  'why.code-unknown': 'This code is not known. Compare it letter by letter.',
  'why.code-expired': 'This code has run out. Ask for a new one.',
  'why.code-used': 'This code was used before. Ask for a new one.',
  'why.unreachable': 'The server cannot be reached. Nothing was changed.',
  'why.oms-unavailable': 'The stock system does not answer. Nothing was changed.',
  'why.unauthenticated': 'This console is not known any more. Enrol it again.',
  'why.forbidden': 'This device may not change stock. Enrol it as a console.',
  'why.unknown-sku': 'The stock system does not know this piece.',
  'why.other': 'That did not work. Nothing was changed.',
} as const;

export type MessageId = keyof typeof en;

const fr: Readonly<Record<MessageId, string>> = {
  title: 'Le stock tel que la maison le compte',
  lead: 'Ce que vous comptez ici, chaque miroir et chaque tablette le montrent aussitôt.',
  'language.other': 'English',
  'language.other.label': 'Switch to English',
  'line.live': 'En direct',
  'line.connecting': 'Connexion',
  'line.offline': 'À {time}',
  'line.offline.words': 'La liaison avec le serveur se rétablit. Ce que vous voyez était vrai à {time}.',
  piece: 'Pièce',
  'on-hand': 'En stock de {piece}, {variant}, {boutique}',
  less: 'Une de moins',
  more: 'Une de plus',
  free: '{count, plural, =0 {aucune libre} one {# libre} other {# libres}}',
  'as-of': 'à {time}',
  unknown: 'pas encore compté',
  set: 'Fixer',
  'set.label': 'Fixer {piece}, {variant}, {boutique} à {count}',
  setting: 'En cours',
  said: '{piece}, {variant}\u202f: {count} à {boutique}',
  opening: 'Un instant',
  'read-failed': 'Les comptes n’ont pas pu être lus.',
  again: 'Réessayer',
  'enrol.title': 'Une nouvelle console',
  'enrol.words': 'Saisissez le code unique créé pour la console de cette maison. Il ne sert qu’une fois.',
  'enrol.code': 'Code d’inscription',
  'enrol.send': 'Inscrire cette console',
  'why.code-unknown': 'Ce code n’est pas connu. Comparez-le lettre par lettre.',
  'why.code-expired': 'Ce code n’est plus valable. Demandez-en un nouveau.',
  'why.code-used': 'Ce code a déjà servi. Demandez-en un nouveau.',
  'why.unreachable': 'Le serveur est injoignable. Rien n’a changé.',
  'why.oms-unavailable': 'Le système de stock ne répond pas. Rien n’a changé.',
  'why.unauthenticated': 'Cette console n’est plus connue. Inscrivez-la de nouveau.',
  'why.forbidden': 'Cet appareil ne peut pas modifier le stock. Inscrivez-le comme console.',
  'why.unknown-sku': 'Le système de stock ne connaît pas cette pièce.',
  'why.other': 'Cela n’a pas abouti. Rien n’a changé.',
};

/** The page's voice in one language. */
export const speakerOf = createSpeakers<MessageId>({ en, fr });

/** Says a sentence of the page. */
export type Say = SayOf<MessageId>;

/** Why something was refused, in words. */
export function whyWords(say: Say, code: string): string {
  const id = `why.${code}`;
  return say(Object.hasOwn(en, id) ? (id as MessageId) : 'why.other');
}
