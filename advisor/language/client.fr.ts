import type { clientEn } from './client.en.ts';

/** What the tablet says of a client who is known, in French. */
export const clientFr: Readonly<Record<keyof typeof clientEn, string>> = {
  'client.title': 'Client',
  'client.unknown':
    'Inconnu ici. C’est au client d’en décider\u00a0: le miroir le lui demande, et montre une marque pour son propre téléphone.',
  'client.card': 'Sa carte, s’il vous la tend',
  'client.ask': 'Demander sur le miroir',
  'client.waits': 'Le miroir pose la question au client, jusqu’à {time}.',
  'client.declined': 'Le client préfère ne pas être connu. Rien d’autre n’a été dit.',
  'client.no-facts': 'La maison n’a rien d’enregistré pour ce à quoi le client a dit oui.',
  'client.known.help':
    'Lu dans la maison à l’instant, et conservé nulle part. Cela quitte cet écran avec la visite.',
  'client.term.visit': 'pour cette visite',
  'client.term.month': 'jusqu’au {day}',
  'client.stop': 'Arrêter',
  'client.stop.label': 'Arrêter\u00a0: {purpose}',
  'client.erase': 'Le client souhaite être oublié',
  'client.erase.title': 'Oublier ce client\u202f?',
  'client.erase.words':
    'Ce que la boutique et les fichiers de la maison savent de lui est effacé, définitivement. Uniquement à sa propre demande.',
  'client.erase.yes': 'C’est son souhait\u00a0: l’oublier',
  'client.erase.no': 'Pas maintenant',
  'client.erasure.asked': 'Oublié ici. Les fichiers de la maison sont en cours d’effacement.',
  'client.erasure.done': 'Oublié ici, et effacé des fichiers de la maison.',
  'client.erasure.by-hand':
    'Oublié ici. Dans les fichiers de la maison, une personne doit l’effacer\u00a0: l’opérateur en est informé.',
  'client.why.client-unknown': 'Personne n’est connu sous cette carte.',
  'client.why.code-locked': 'Trop de cartes inconnues. Attendez deux minutes, puis réessayez.',
  'client.why.oms-unavailable':
    'Le système de la maison ne répond pas. Rien n’a changé\u202f; réessayez dans un instant.',
  'client.why.unreachable': 'La boutique n’a pas été jointe. Réessayez quand la ligne sera rétablie.',
  'client.why.session-ended': 'La visite est terminée, et avec elle ce qui était connu.',
  'client.why.declined.until':
    'Le client a dit non. Vous pourrez redemander à partir de {time}\u202f; il peut à tout moment commencer lui-même sur le miroir.',
  'client.why.conflict': 'Une autre personne est connue dans cette visite. Faites-la oublier d’abord.',
  'client.why.other': 'Cela n’a pas fonctionné. Réessayez dans un instant.',
};
