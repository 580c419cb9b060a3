import type { learningEn } from './learning.en.ts';

/** The same in French. */
export const learningFr: Readonly<Record<keyof typeof learningEn, string>> = {
  'knowledge.open': 'En savoir plus\u00a0: {piece}',
  'knowledge.collection': 'La collection',
  'knowledge.collection.words':
    'Comment chaque pièce est faite, comment on la montre, ce que les clients demandent et ce qui va avec.',
  'knowledge.read': 'Lire sur une pièce',
  'knowledge.back': 'Page précédente',
  'knowledge.close': 'Fermer',
  'knowledge.present': 'Comment la montrer',
  'knowledge.story': 'Son histoire',
  'knowledge.craft': 'Comment elle est faite',
  'knowledge.materials': 'Matières et dimensions',
  'knowledge.care': 'Son entretien',
  'knowledge.asked': 'Ce que les clients demandent',
  'knowledge.with': 'Ce qui va avec',
  'knowledge.propose': 'Proposer avec',
  'knowledge.propose.label': 'Proposer avec\u00a0: {piece}, {variant}',
  'knowledge.none': 'La maison n’a rien écrit de plus sur cette pièce, ou cela n’a pas pu être lu.',
  'practice.card': 'Répéter',
  'practice.card.waits': 'Un miroir appelle : répétez une fois le client reçu.',
  'practice.card.words':
    'Une visite avec un client simulé, de l’appel à l’au revoir. Rien n’en est compté, réservé ni envoyé.',
  'practice.gift': 'Un cadeau',
  'practice.came-back': 'Quelqu’un qui revient à une pièce',
  'practice.only-looks': 'Quelqu’un qui ne fait que regarder',
  'practice.title': 'Répétition',
  'practice.words': 'Aucun client, aucun stock, aucune commande n’y est réel.',
  'practice.mirror': 'Miroir d’exercice',
  'practice.code': 'Le miroir d’exercice affiche le code {code}.',
  'practice.digits': 'Le miroir d’exercice affiche {digits}. Son client compare et dira oui dans un instant.',
  'practice.end': 'Terminer la répétition',
  'practice.called': 'Un miroir de votre boutique appelle.',
  'practice.called.go': 'Quitter la répétition et y aller',
  'practice.debrief.title': 'Retour sur la répétition',
  'practice.gift.told':
    'Ce client choisissait pour quelqu’un d’autre. Il a gardé une pièce et aurait aimé en voir une qui va avec\u202f; un plateau entier aurait été de trop.',
  'practice.came-back.told':
    'Ce client savait. Il n’en a rien dit, mais le parcours de la visite, si\u00a0: une pièce, longtemps, puis de nouveau.',
  'practice.only-looks.told':
    'Ce client voulait qu’on le laisse. Il fallait le saluer, lui répondre et le laisser au miroir.',
  'practice.debrief.lingered': 'S’est attardé sur',
  'practice.debrief.came-back': 'Est revenu à',
  'practice.debrief.kept': 'Gardé à la fin',
  'practice.debrief.held': 'Réservé pour lui',
  'practice.debrief.proposal': 'Votre dernière proposition',
  'practice.debrief.proposal.none': 'Il n’y en a pas eu',
  'practice.debrief.proposal.waiting': 'Encore sans réponse',
  'practice.debrief.proposal.accepted': 'Il a voulu la voir sur lui',
  'practice.debrief.proposal.declined': 'Pas maintenant, a-t-il dit',
  'practice.debrief.nothing': 'Rien',
  'practice.hint.well': 'C’est ainsi que l’on fait.',
  'practice.hint.gift': 'La prochaine fois\u00a0: un ensemble de deux pièces, dont celle qu’il a gardée.',
  'practice.hint.came-back':
    'La prochaine fois\u00a0: réservez la pièce à laquelle il est revenu avant d’en proposer une autre.',
  'practice.hint.only-looks':
    'La prochaine fois\u00a0: ne proposez rien, ne menez pas. Clôturez quand il a assez regardé.',
  'practice.debrief.end': 'Retour au tableau',
  'practice.debrief.noted': 'Ce que vous avez noté',
};
