import type { MessageId } from './en.ts';

/** Every sentence of the kiosk in French. */
export const fr: Readonly<Record<MessageId, string>> = {
  'language.name': 'Français',
  'language.choose': 'Langue',

  'attract.touch': 'Touchez pour commencer',
  'hours.open': 'Ouvert',
  'hours.until': 'Ouvert jusqu’à {time}',
  'hours.until-midnight': 'Ouvert jusqu’à minuit',
  'hours.opens': 'Ouvre à {time}',
  'hours.opens-tomorrow': 'Ouvre demain à {time}',
  'hours.opens-day': 'Ouvre {day} à {time}',

  'welcome.greeting': 'Bienvenue',
  'welcome.lead': 'Ce miroir pose nos pièces sur votre visage, à leur taille véritable.',
  'welcome.camera.title': 'Ce que fait la caméra',
  'welcome.camera.words':
    'Elle repère votre visage, vos mains et vos épaules pour y poser une pièce à sa vraie taille. Cela se passe dans ce miroir, dans sa seule mémoire vive.',
  'welcome.never.title': 'Ce qu’elle ne fait jamais',
  'welcome.never.words':
    'Aucune image n’est conservée, envoyée ni comparée, et aucune mesure ne quitte ce miroir si vous ne la confiez vous-même. À votre départ, tout disparaît.',
  'welcome.consent':
    'La caméra reste fermée tant que vous n’avez pas touché « {begin} ». En le touchant, vous y consentez.',
  'welcome.begin': 'Commencer avec le miroir',
  'welcome.without': 'Regarder sans caméra',
  'notice.title': 'Le miroir, si vous le voulez bien',

  'discover.contents': 'L’histoire',
  'discover.chapter': '{number} sur {count}',
  'discover.next': 'Chapitre suivant',
  'discover.previous': 'Chapitre précédent',
  'discover.choose': 'Quelle histoire vous tente\u202f?',
  'discover.see.piece': '{visible}\u00a0: {piece}, {variant}',
  'discover.try': 'L’essayer',
  'discover.see': 'La voir portée',
  'discover.variants': 'Choisir une finition',

  'wear.mirror': 'Miroir',
  'wear.keep': 'Garder {piece}, {variant}',
  'wear.keep.short': 'Garder',
  'wear.kept': 'Gardée',
  'wear.kept.label': 'Gardée : {piece}, {variant}',
  'wear.closer': 'Voir de près',
  'wear.pieces': 'Pièces et finitions',
  'wear.kinds': 'Familles de pièces',
  'wear.look': 'Porté avec',
  'wear.take-off': 'Retirer {piece}',
  'wear.fingers': 'À quel doigt',
  'wear.finger.wears': '{finger}\u00a0: {pieces}',
  'wear.another': 'Une autre bague avec',
  'wear.another.choose': 'Choisissez la bague à ajouter',
  'guide.hand': 'Levez la main près du visage.',
  'guide.wrist': 'Levez le poignet près du visage.',
  'guide.shoulders': 'Reculez jusqu’à voir vos épaules.',
  'guide.bag': 'Reculez, et fermez la main comme pour le tenir.',
  'wear.wearing': '{piece}, {variant}',
  'wear.mirror.on': 'Utiliser le miroir',

  'wear.company': '{people, plural, =2 {Nous deux} =3 {Nous trois} other {Nous quatre}}',
  'wear.company.label': '{visible}. Laisser quelqu’un vous rejoindre dans le miroir',
  'wear.company.part': 'Moi seulement',
  'wear.company.part.label':
    '{visible}. {others, plural, one {Une personne est} other {# personnes sont}} avec vous dans le miroir. Ne suivre que moi',

  'join.title': 'Rejoindre le miroir',
  'join.lead':
    'Si quelqu’un vous accompagne\u00a0: le miroir ne suit un second visage qu’une fois que cette personne a dit oui, ici, elle-même.',
  'join.consent':
    'Tant que vous ne touchez pas «\u00a0{join}\u00a0», il ne suit que la première personne. En le touchant, vous y consentez.',
  'join.yes': 'Je rejoins',
  'join.no': 'Pas maintenant',

  'mirror.starting': 'Le miroir s’ouvre.',
  'mirror.slow':
    'La caméra prend un instant. Voyez la pièce portée en attendant\u202f; le miroir s’ouvrira de lui-même.',
  'mirror.searching': 'Placez-vous face au miroir, il vous trouvera.',
  'mirror.lost': 'Revenez face au miroir quand vous voulez. Votre pièce vous attend.',
  'mirror.declined': 'Vous regardez sans caméra.',
  'mirror.camera-missing':
    'Le miroir n’a pas de caméra aujourd’hui. Voyez ici la pièce portée, ou demandez à l’essayer en main.',
  'mirror.camera-denied':
    'La caméra de ce miroir est fermée. Voyez ici la pièce portée, ou demandez à l’essayer en main.',
  'mirror.camera-unplugged':
    'La caméra s’est endormie. Voyez ici la pièce portée, le temps que nous regardions.',
  'mirror.camera-busy': 'La caméra sert ailleurs. Voyez ici la pièce portée, ou réessayez dans un instant.',
  'mirror.model-missing':
    'L’essayage au miroir n’est pas encore prêt ici. Voyez la pièce portée en attendant.',
  'mirror.model-corrupt':
    'L’essayage au miroir n’est pas encore prêt ici. Voyez la pièce portée en attendant.',
  'mirror.tracker-failed': 'Le miroir demande un instant. Voyez la pièce portée en attendant.',
  'mirror.retry': 'Réessayer le miroir',
  'stage.unavailable': 'La pièce ne peut pas être montrée ici. Un conseiller vous l’apportera volontiers.',
  'stage.piece-failed':
    'Cette pièce n’est pas prête à être montrée. Un conseiller vous l’apportera volontiers.',

  'stock.here-many': 'Dans cette boutique · {count}',
  'stock.one-left': 'La dernière dans cette boutique',
  'stock.held': 'Réservée pour vous jusqu’à {time}',
  'stock.held.last': 'La dernière, réservée pour vous jusqu’à {time}',
  'stock.nearby': 'Pas ici aujourd’hui. Dans nos boutiques : {places}',
  'stock.reserved.nearby': 'Celle d’ici est promise. Dans nos boutiques : {places}',
  'stock.none': 'Absente de nos boutiques aujourd’hui. Un conseiller peut la commander',
  'stock.reserved': 'Celle d’ici est promise. Un conseiller sait ce qui est possible',
  'stock.unknown': 'Demandez à un conseiller si elle est ici',
  'stock.as-of': '{sentence}, à {time}',
  'stock.stale': 'Vu à {time}, en cours de vérification',
  'stock.stale.sentence': '{sentence}. {stale}',

  'closer.story': 'La pièce',
  'closer.materials': 'Matières',
  'closer.care': 'Entretien',
  'closer.size': 'Dimensions',
  'closer.price': 'Prix',
  'closer.turn': '{piece}. Tournez-la du doigt.',

  'measures.title': 'Vos mesures',
  'measures.pupillary-distance-far': 'Entre les pupilles',
  'measures.pupillary-distance-near': 'Entre les pupilles, de près',
  'measures.face-width': 'Largeur du visage',
  'measures.ring-circumference': 'Tour intérieur de bague',
  'measures.ring.words':
    'Tailles européennes\u00a0: le tour intérieur de la bague, en millimètres. Votre conseiller a les baguiers pour en être sûr.',
  'measures.value': '{value} ± {plusMinus} mm',
  'measures.source.card': 'Mesurées dans ce miroir d’après votre carte.',
  'measures.source.iris': 'Estimées dans ce miroir d’après vos yeux et votre visage.',
  'measures.source.face': 'Estimées dans ce miroir d’après la taille de votre visage.',
  'measures.source.assumed': 'Estimées dans ce miroir.',
  'measures.alone': 'Lui seul les connaît, et il les oublie à votre départ.',
  'measures.with': 'Lui seul les connaît, jusqu’à ce que vous en confiiez une à {name}.',
  'measures.give': 'Confier',
  'measures.give.label': 'Confier\u00a0: {measure}, à {name}',
  'measures.given': 'Confiée',
  'measures.given.label': 'Confiée\u00a0: {measure}, à {name}',
  'card.forehead.begin': 'Mesurer avec une carte, au millimètre',
  'card.palm.begin': 'Estimer votre taille de bague avec une carte',
  'card.again': 'Mesurer encore une fois',
  'card.forehead.title': 'Tenez une carte à plat contre votre front',
  'card.palm.title': 'Tenez une carte à plat dans votre paume',
  'card.palm.words':
    'La paume vers le miroir, à un avant-bras de distance, les doigts droits et un peu écartés. L’autre main tient la carte par son bord inférieur. Seuls les bords sont cherchés\u202f; aucune image n’est gardée.',
  'card.forehead.words':
    'Une carte de banque ou de fidélité, ses chiffres vers vous, à une longueur de bras du miroir. Seuls ses bords sont cherchés\u202f; aucune image n’est gardée.',
  'card.none': 'Le miroir cherche la carte.',
  'card.forehead.away': 'Qu’elle touche votre front, juste au-dessus des sourcils.',
  'card.palm.away': 'Qu’elle touche votre paume, juste sous les doigts.',
  'card.tilted': 'Posez-la à plat, face au miroir.',
  'card.held': 'Restez immobile un instant.',
  'card.measured': 'Entre vos pupilles\u00a0: {value} ± {plusMinus} mm.',
  'card.palm.measured': 'Votre annulaire\u00a0: {size}.',
  'card.done': 'Merci',
  'card.measured.only': 'Vos mesures sont prises.',
  'card.stop': 'Pas maintenant',
  'card.see': 'Voir vos mesures',

  'call.button': 'Appeler un conseiller',
  'call.opening': 'Appel en cours',
  'call.opening.words': 'Un mot à la boutique.',
  'call.offering': 'Un conseiller est prévenu',
  'call.offering.words':
    'À vos côtés, il présentera sa tablette devant cette marque, ou vous lui lirez le code.',
  'call.told':
    'Les conseillers de la boutique voient votre langue et la pièce dans le miroir. Rien d’autre avant votre accord.',
  'call.code': 'Code',
  'call.code.spoken': 'Code : {letters}',
  'call.qr': 'Marque pour la tablette du conseiller',
  'call.renewed': 'Un nouveau code vient à {time}',
  'call.offline': 'La boutique ne répond pas d’ici',
  'call.offline.words':
    'Le miroir a perdu sa ligne et réessaie de lui-même. Tout conseiller présent vous aidera aussitôt : un signe suffit.',
  'call.refused': 'L’appel n’a pas abouti',
  'call.refused.words':
    'Rien de votre visite n’a été transmis. Appelez de nouveau, ou adressez-vous à un conseiller présent.',
  'call.again': 'Appeler de nouveau',
  'call.claimed': '{name} est à vos côtés',
  'call.match': 'Les deux écrans montrent-ils {digits} ?',
  'call.match.words':
    'Si oui, {name} verra ce que vous avez porté et gardé ici, puis ce que vous essaierez ensemble. Jamais votre image.',
  'call.yes': 'Oui, {digits} des deux côtés',
  'call.no': 'Ils diffèrent',
  'call.confirming': 'Un instant',
  'call.declined': 'Rien n’a été transmis',
  'call.declined.words':
    'Les chiffres différaient : votre visite est restée ici. Appelez de nouveau quand vous voulez.',

  'together.banner': 'Avec {name}',
  'together.leads.advisor': '{name} vous guide, le miroir suit. Touchez-le pour reprendre la main.',
  'together.leads.client': 'Vous menez. {name} voit les pièces, jamais votre image.',
  'together.take-lead': 'Je mène',
  'together.point': '{name} vous montre un détail.',
  'together.proposal': '{name} vous propose un ensemble',
  'together.proposal.yes': 'Le voir sur moi',
  'together.proposal.no': 'Pas maintenant',
  'together.joined': '{name} est maintenant à vos côtés.',
  'together.hold': '{piece}, {variant} : réservée pour vous jusqu’à {time}',
  'together.hold.left': 'encore {left}',
  'together.run.asked': '{piece}\u00a0: on vous l’apporte',
  'together.run.on-its-way': '{piece}\u00a0: en chemin vers vous',
  'together.run.here': '{piece}\u00a0: la voici pour vous',
  'together.transfer': '{piece}\u00a0: vient pour vous de {place}',
  'together.transfer.until': '{piece}\u00a0: vient pour vous de {place}, attendue {day}',
  'together.order.placed': 'Votre commande est passée',
  'together.collection': '{piece}\u00a0: vous attend à {place} jusqu’à {time}. Votre code : {code}',
  'together.appointment': '{name} vous attend {time}. Emportez-le avec votre téléphone.',
  'together.appointment.cancelled':
    'Votre rendez-vous avec {name}, {time}, est annulé. Retirez-le de votre téléphone.',
  'together.appointment.unmark': 'Marque pour votre téléphone\u00a0: retire le rendez-vous de votre agenda',
  'together.appointment.mark': 'Marque pour votre téléphone\u00a0: le rendez-vous pour votre agenda',

  'known.begin': 'Être connu de la boutique',
  'known.open': 'Ce que la boutique sait de vous',
  'known.asked': '{name} vous demande\u00a0: souhaitez-vous être connu\u202f?',
  'known.choose': 'Souhaitez-vous être connu\u202f?',
  'known.choose.words':
    'Seulement ce que vous touchez, seulement pour la durée indiquée. Si vous ne touchez rien, rien ne change, et vous êtes servi avec le même plaisir.',
  'known.terms': 'Pour combien de temps',
  'known.card': 'Votre carte\u00a0: saisissez-la, ou présentez-la au lecteur',
  'known.card.given': 'Par la carte que vous avez tendue, finissant par {end}.',
  'known.card.keys': 'Lettres et chiffres',
  'known.card.delete': 'Effacer le dernier',
  'known.yes': '{count, plural, =0 {Oui à ce que je choisis} one {Oui à ce choix} other {Oui à ces # choix}}',
  'known.no': 'Non, merci',
  'known.phone': 'Plutôt sur mon téléphone',
  'known.phone.words':
    'Visez cette marque avec l’appareil photo de votre téléphone. Elle ouvre une page de la maison, une seule fois, dans les deux minutes.',
  'known.phone.over': 'La marque a expiré.',
  'known.phone.again': 'Une nouvelle marque',
  'known.phone.mark': 'Marque pour votre téléphone',
  'known.more': 'Autoriser autre chose',
  'known.title': 'Ce que la boutique sait de vous',
  'known.words':
    '{name} voit exactement cela, et rien d’autre. C’est lu dans la maison à l’instant et conservé nulle part ici.',
  'known.term.visit': 'pour cette visite',
  'known.term.month': 'jusqu’au {day}',
  'known.stop': 'Arrêter',
  'known.stop.label': 'Arrêter\u00a0: {purpose}',
  'known.forget': 'Oubliez-moi',
  'known.close': 'Continuer',
  'known.erasure.asked': 'Vous êtes oublié ici. Les fichiers de la maison sont en cours d’effacement.',
  'known.erasure.done': 'Vous êtes oublié ici, et dans les fichiers de la maison.',
  'known.erasure.by-hand': 'Vous êtes oublié ici. Dans les fichiers de la maison, une personne s’en charge.',
  'known.why.unknown': 'Personne n’est connu sous cette carte. Vérifiez-la, ou demandez à votre conseiller.',
  'known.why.locked':
    'Trop de cartes ont été essayées. Attendez deux minutes, ou demandez à votre conseiller.',
  'known.why.away': 'La maison ne peut être interrogée pour l’instant. Rien n’a changé.',
  'known.why.conflict': 'Une autre personne est connue dans cette visite. Votre conseiller peut vous aider.',
  'known.why.other': 'Cela n’a pas fonctionné. Rien n’a changé.',

  'farewell.title': 'À bientôt',
  'farewell.kept.with': '{count, plural, one {Confiée à {name}} other {Confiées à {name}}}',
  'farewell.kept.alone': '{count, plural, one {Vous avez gardé} other {Vous avez gardé}}',
  'farewell.kept.alone.words':
    'Personne n’en sait rien. Cela s’efface avec le reste, sauf si vous appelez un conseiller maintenant.',
  'farewell.take':
    'Emportez votre liste\u00a0: votre téléphone en fait un code que lisent les miroirs de la maison.',
  'farewell.take.label': 'Marque pour votre téléphone',
  'farewell.none': 'Vous n’avez rien gardé : rien n’est conservé.',
  'farewell.wipe.words': 'Tout le reste de votre visite s’efface de ce miroir.',
  'farewell.erase': 'Effacer maintenant',
  'farewell.back': 'Revenir',
  'wiping.title': 'Effacé',
  'wiping.words': 'Rien de vous ne demeure dans ce miroir.',

  'idle.title': 'Toujours là ?',
  'idle.words':
    '{seconds, plural, one {Dans # seconde, le miroir oublie cette visite.} other {Dans # secondes, le miroir oublie cette visite.}}',
  'idle.yes': 'Je suis là',
  'idle.more': 'Laissez-moi plus de temps',

  'list.open': 'J’ai une liste',
  'list.title': 'Votre liste',
  'list.lead':
    'Ce que vous avez choisi en ligne ou sur votre téléphone vient sur ce miroir\u00a0: la première pièce est portée aussitôt, toutes sont gardées.',
  'list.only': 'Lire seulement mon code',
  'list.consent':
    'La caméra reste fermée jusqu’à votre geste. «\u00a0{begin}\u00a0» vaut accord. «\u00a0{only}\u00a0» ne l’ouvre que pour le code, puis la referme\u202f; vos pièces sont alors montrées sans vous.',
  'list.hold': 'Présentez votre code ici',
  'list.opening': 'La caméra s’ouvre.',
  'list.looking': 'À une largeur de main du cadre, l’écran bien lumineux.',
  'list.foreign': 'C’est un autre code. Présentez celui de votre liste.',
  'list.checking': 'Un instant, vos pièces arrivent.',
  'list.unseen': 'Aucun code n’a été vu, la caméra s’est refermée. Un conseiller peut le lire aussi.',
  'list.unknown':
    'Cette liste n’est pas connue de la maison. Un conseiller la regardera volontiers avec vous.',
  'list.expired': 'Cette liste a expiré. Refaites-la sur votre téléphone, ou demandez à un conseiller.',
  'list.elsewhere':
    'Cette liste est destinée à une autre de nos boutiques. Un conseiller vous aidera volontiers ici.',
  'list.empty':
    'La maison n’a plus aucune de ces pièces. Un conseiller vous montrera volontiers ce qui en est proche.',
  'list.unreachable':
    'La liste ne peut pas être vérifiée pour l’instant. Réessayez dans un moment, ou demandez à un conseiller.',
  'list.offline':
    'La liste ne peut pas être vérifiée pour l’instant\u00a0: ce miroir n’est pas relié à la boutique. Un conseiller vous aidera volontiers.',
  'list.denied': 'La caméra est fermée sur ce miroir. Un conseiller peut lire votre liste.',
  'list.missing': 'Le miroir n’a pas de caméra aujourd’hui. Un conseiller peut lire votre liste.',
  'list.failed': 'La caméra demande un moment. Réessayez, ou laissez un conseiller lire votre liste.',
  'list.again': 'Réessayer',
  'list.came':
    '{came, plural, one {La pièce de votre liste est gardée ici.} other {Les # pièces de votre liste sont gardées ici.}}{gone, plural, =0 {} one { Une autre n’est plus dans la maison.} other { # autres ne sont plus dans la maison.}}',

  'dock.label': 'Où aller',
  'dock.back': 'Retour',
  'dock.finish': 'Terminer',

  'line.offline': 'La ligne avec la boutique se rétablit.',

  'enrol.title': 'Un nouveau miroir',
  'enrol.words':
    'Saisissez le code à usage unique que le serveur a imprimé pour le miroir de {maison}. Il sert une fois, sur cet appareil seul.',
  'enrol.code': 'Code d’enrôlement',
  'enrol.send': 'Enrôler ce miroir',
  'enrol.busy': 'Enrôlement',
  'enrol.error.code-unknown': 'Ce code est inconnu. Comparez lettre à lettre.',
  'enrol.error.code-expired': 'Ce code a expiré. Demandez-en un nouveau au serveur.',
  'enrol.error.code-used': 'Ce code a déjà servi. Demandez-en un nouveau au serveur.',
  'enrol.error.code-locked': 'Trop d’essais. Demandez un nouveau code au serveur.',
  'enrol.error.offline': 'Le serveur ne répond pas. Vérifiez la ligne et réessayez.',
  'enrol.error.other': 'Cela n’a pas abouti. Demandez un nouveau code au serveur.',
  'enrol.revoked': 'Ce miroir a été retiré du service. Enrôlez-le de nouveau pour continuer.',
  'enrol.version':
    'Ce miroir et son serveur n’ont pas la même version. Rechargez le miroir une fois le serveur à jour.',

  'fault.title': 'Le miroir se repose',
  'fault.words': 'Il revient bientôt. Tout conseiller présent vous aidera en attendant.',
  'fault.again': 'Le réveiller',
};
