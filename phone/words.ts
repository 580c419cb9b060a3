import type { Locale } from '../protocol/ids.ts';

const en = {
  other: 'Français',
  listTitle: 'Your list for the boutique',
  listWords:
    'Choose up to twelve pieces. In the boutique the mirror reads your code: the first piece is worn at once, all of them are kept.',
  listShow: 'Show my code',
  listFull: 'Twelve pieces are on your list. Take one off to add another.',
  listCode: 'Your code',
  listHold: 'Hold it before the mirror, or show it to an advisor.',
  listUntil: 'Good in every boutique of the house, until {day}.',
  listNames: 'It holds these pieces, and nothing about you. Keep this page’s address to find it again.',
  listChange: 'Change the list',
  listGone: 'One of these pieces is no longer in the house. Load this page again.',
  listBusy: 'Many lists are being made just now. Try again in a moment.',
  listMake: 'Make a list for your visit',
  calendar: 'Add to my calendar',
  uncalendar: 'Take it out of my calendar',
  cancelled: 'This appointment is cancelled.',
  wait: 'One moment.',
  gone: 'This page has run out',
  goneWords: 'Marks work once, and for two minutes. Ask in the boutique for a new one.',
  away: 'The boutique cannot be reached',
  awayWords: 'Nothing was changed. Try again in a moment.',
  again: 'Try again',
  ask: 'Would you like to be known?',
  askWords:
    'Choose what for, one by one. Nothing is chosen yet, and if you leave this page nothing changes: you are served just as gladly.',
  card: 'The number on your card',
  yes: 'Yes to what I chose',
  no: 'No, thank you',
  none: 'Nothing was told to anyone. You can close this page.',
  known: 'What the boutique knows of you',
  knownWords: 'Read from the house just now. Your advisor sees exactly this.',
  keep: 'This page is yours until {day}: keep it open, or keep its address. Whoever has the address sees what you see.',
  nothing: 'The house has nothing on record for what you said yes to.',
  quiet: 'Nothing is shown to anyone any more.',
  stop: 'Stop',
  forget: 'Forget me',
  forgetWords: 'Here at once, and in the house’s own files as soon as they can be reached.',
  asked: 'You are forgotten here. The house’s own files are being erased; this page says when it is done.',
  done: 'You are forgotten here, and erased in the house’s own files.',
  'by-hand': 'You are forgotten here. In the house’s own files a person is seeing to it.',
  closed: 'The visit is over.',
  visit: 'for this visit',
  month: 'until {day}',
  unknown: 'Nobody is known by this card. Look at it once more.',
  locked: 'Too many cards were tried. Wait two minutes, or ask your advisor.',
  conflict: 'Somebody else is known in this visit. Ask your advisor.',
} as const;

type PhraseId = keyof typeof en;

const fr: Readonly<Record<PhraseId, string>> = {
  other: 'English',
  listTitle: 'Votre liste pour la boutique',
  listWords:
    'Choisissez jusqu’à douze pièces. En boutique, le miroir lit votre code\u00a0: la première est portée aussitôt, toutes sont gardées.',
  listShow: 'Afficher mon code',
  listFull: 'Votre liste compte douze pièces. Retirez-en une pour en ajouter une autre.',
  listCode: 'Votre code',
  listHold: 'Présentez-le au miroir, ou à un conseiller.',
  listUntil: 'Valable dans toutes les boutiques de la maison, jusqu’au {day}.',
  listNames: 'Il contient ces pièces, et rien sur vous. Gardez l’adresse de cette page pour le retrouver.',
  listChange: 'Modifier la liste',
  listGone: 'L’une de ces pièces n’est plus dans la maison. Rechargez cette page.',
  listBusy: 'Beaucoup de listes se font en ce moment. Réessayez dans un instant.',
  listMake: 'Préparer une liste pour votre visite',
  calendar: 'Ajouter à mon agenda',
  uncalendar: 'Le retirer de mon agenda',
  cancelled: 'Ce rendez-vous est annulé.',
  wait: 'Un instant.',
  gone: 'Cette page a expiré',
  goneWords: 'Une marque sert une fois, pendant deux minutes. Demandez-en une nouvelle en boutique.',
  away: 'La boutique ne répond pas',
  awayWords: 'Rien n’a changé. Réessayez dans un instant.',
  again: 'Réessayer',
  ask: 'Souhaitez-vous être connu\u202f?',
  askWords:
    'Choisissez pour quoi, un usage après l’autre. Rien n’est choisi, et si vous quittez cette page rien ne change\u00a0: vous êtes servi avec le même plaisir.',
  card: 'Le numéro de votre carte',
  yes: 'Oui à ce que j’ai choisi',
  no: 'Non, merci',
  none: 'Rien n’a été dit à personne. Vous pouvez fermer cette page.',
  known: 'Ce que la boutique sait de vous',
  knownWords: 'Lu dans la maison à l’instant. Votre conseiller voit exactement cela.',
  keep: 'Cette page est à vous jusqu’au {day}\u00a0: gardez-la ouverte, ou gardez son adresse. Qui a l’adresse voit ce que vous voyez.',
  nothing: 'La maison n’a rien d’enregistré pour ce à quoi vous avez dit oui.',
  quiet: 'Plus rien n’est montré à personne.',
  stop: 'Arrêter',
  forget: 'Oubliez-moi',
  forgetWords: 'Ici immédiatement, et dans les fichiers de la maison dès qu’ils répondent.',
  asked:
    'Vous êtes oublié ici. Les fichiers de la maison sont en cours d’effacement\u202f; cette page dira quand ce sera fait.',
  done: 'Vous êtes oublié ici, et effacé des fichiers de la maison.',
  'by-hand': 'Vous êtes oublié ici. Dans les fichiers de la maison, une personne s’en charge.',
  closed: 'La visite est terminée.',
  visit: 'pour cette visite',
  month: 'jusqu’au {day}',
  unknown: 'Personne n’est connu sous cette carte. Vérifiez-la.',
  locked: 'Trop de cartes ont été essayées. Attendez deux minutes, ou demandez à votre conseiller.',
  conflict: 'Une autre personne est connue dans cette visite. Demandez à votre conseiller.',
};

const phrases: Readonly<Record<Locale, Readonly<Record<PhraseId, string>>>> = { en, fr };

/** A sentence of the phone's page. */
export function say(locale: Locale, id: PhraseId, day = ''): string {
  return phrases[locale][id].replace('{day}', day);
}

/** The phone's page as a person speaks to it. */
export type Phrase = (id: PhraseId, day?: string) => string;
