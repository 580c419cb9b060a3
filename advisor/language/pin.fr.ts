import type { pinEn } from './pin.en.ts';

/** The same in French. */
export const pinFr: Readonly<Record<keyof typeof pinEn, string>> = {
  'pin.have-code': 'J’ai un code d’accueil',
  'pin.have-pin': 'J’ai mon code personnel',
  'pin.welcome': 'Bienvenue, {name}',
  'pin.step.code': 'Votre code d’accueil',
  'pin.step.code.help': 'Les huit chiffres que l’on vous a donnés. Ils servent une seule fois.',
  'pin.step.old': 'Votre code jusqu’ici',
  'pin.step.pin': 'Choisissez votre code personnel',
  'pin.step.pin.help': 'Quatre à huit chiffres\u202f: ni 1234, ni une année, rien que d’autres essaieraient.',
  'pin.step.again': 'Le même code encore une fois',
  'pin.step.again.help': 'Pour le retrouver la prochaine fois.',
  'pin.next': 'Suivant',
  'pin.keep': 'Garder',
  'pin.fault.easy': 'D’autres essaieraient celui-là. Choisissez-en un autre.',
  'pin.fault.differs': 'Ce n’était pas le même. Choisissez votre code à nouveau.',
  'pin.title': 'Votre code personnel',
  'pin.words': 'Personne d’autre ne le connaît. Changez-le dès que quelqu’un a pu le voir.',
  'pin.change': 'Changer de code',
  'pin.cancel': 'Le laisser tel quel',
  'pin.changed': 'Votre code est changé. Les autres tablettes ouvertes par l’ancien sont déconnectées.',

  'start.why.pin-wrong':
    '{tries, plural, =0 {Ce n’est pas votre code d’accueil. Essayez encore.} one {Ce n’est pas votre code d’accueil. Un dernier essai.} other {Ce n’est pas votre code d’accueil. Encore # essais.}}',
  'start.why.code-expired': 'Ce code d’accueil n’est plus valable. Demandez-en un autre.',
  'start.why.rate-limited': 'Trop d’essais sur cette tablette. Patientez un instant, puis recommencez.',
  'start.why.unreachable':
    'La boutique n’a pas répondu. Rien n’a été conservé. Recommencez avec le code d’accueil.',
  'start.why.other': 'Cela n’a pas abouti. Recommencez, ou demandez un autre code d’accueil.',
  'change-pin.why.pin-wrong':
    '{tries, plural, =0 {Ce n’est pas votre code. Essayez encore.} one {Ce n’est pas votre code actuel. Un dernier essai.} other {Ce n’est pas votre code actuel. Encore # essais.}}',
  'change-pin.why.rate-limited': 'Trop d’essais sur cette tablette. Patientez un instant, puis recommencez.',
  'change-pin.why.unreachable':
    'La boutique n’a pas répondu. Votre code est peut-être encore l’ancien\u202f: essayez-le d’abord.',
  'change-pin.why.unauthenticated': 'Votre session a pris fin. Sortez, entrez, puis recommencez.',
  'change-pin.why.other': 'Cela n’a pas abouti. Votre code est resté le même.',
};
