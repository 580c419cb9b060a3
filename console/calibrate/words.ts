import { createSpeakers, type Say as SayOf } from '../../sdk/session/speaker.ts';

const en = {
  title: 'What this camera sees',
  lead: 'True sizes in the mirror need the camera’s field of view. A card of the usual size, held up in eight ways, measures it.',
  'language.other': 'Français',
  'language.other.label': 'Passer en français',
  'before.what': 'You need a bank, loyalty or identity card (85.60 × 53.98 mm) with clean, straight edges.',
  'before.where':
    'Do this on the mirror itself, in its usual light: what is measured belongs to this camera in this browser.',
  'before.private':
    'The camera opens when you press the button. Its pictures stay in this page’s memory and are gone with it; nothing is sent. Kept are a few numbers about the lens.',
  open: 'Open the camera',
  opening: 'The camera is opening',
  'trouble.camera-missing':
    'No camera was found. Plug it in and try again; the page must be opened over https or on this computer.',
  'trouble.camera-denied': 'This page may not use the camera. Allow it beside the address and try again.',
  'trouble.camera-busy': 'The camera is used by something else. Close that and try again.',
  'trouble.camera-unplugged': 'The camera was unplugged or taken away. Plug it in and try again.',
  'picture.label': 'What the camera sees, mirrored, with the outline for the card',
  step: 'View {number} of {count}',
  'view.near': 'Straight, near',
  'view.far': 'Straight, far',
  'view.turned-left': 'Turned left',
  'view.turned-right': 'Turned right',
  'view.turned-up': 'Tipped up',
  'view.turned-down': 'Tipped down',
  'view.left-and-up': 'Left and up',
  'view.right-and-down': 'Right and down',
  'ask.near': 'Hold the card straight to the camera so that it fills the outline.',
  'ask.far': 'Move the card back, still straight, into the small outline.',
  'ask.turned-left': 'Turn the card’s face to your left, as the outline shows.',
  'ask.turned-right': 'Turn the card’s face to your right, as the outline shows.',
  'ask.turned-up': 'Tip the card’s face upwards, as the outline shows.',
  'ask.turned-down': 'Tip the card’s face downwards, as the outline shows.',
  'ask.left-and-up': 'Turn it to your left and upwards together.',
  'ask.right-and-down': 'Turn it to your right and downwards together.',
  'sight.no-card':
    'Looking for the card’s edges. Hold it by its corners or by one side, before something of another brightness.',
  'sight.nearer': 'Nearer, please.',
  'sight.farther': 'Farther, please.',
  'sight.tilt': 'Turn it further, as the outline shows.',
  'sight.straight': 'Hold it straight to the camera.',
  'sight.hold-still': 'Hold still.',
  'sight.taken': 'Taken.',
  'so-far': 'So far: {fov} ± {plusMinus}°, residual {rms} px',
  'so-far.none': 'A first figure comes with the fourth view.',
  'so-far.wait': 'The views so far do not settle it yet. Go on.',
  skip: 'Skip this view',
  stop: 'Close the camera',
  taken: 'Views taken',
  'taken.rms': '{rms} px',
  'taken.out': 'left out',
  'done.title': 'Measured',
  'done.fov': 'Vertical field of view',
  'done.residual': 'Residual',
  'done.residual.value': '{rms} px over {count, plural, one {# view} other {# views}}',
  'done.words':
    'Vertical field of view {fov} ± {plusMinus}°, residual {rms} px over {count, plural, one {# view} other {# views}}.',
  'done.meaning':
    'The truth lies within the ± nineteen times in twenty, if the lens keeps straight lines straight.',
  'done.before': 'Kept until now: {fov}°, of {date}.',
  'done.before.unreadable':
    'What was kept for this camera cannot be read any more. Keeping this result replaces it.',
  'done.left-out':
    '{count, plural, one {One view did not agree with the others and was left out.} other {# views did not agree with the others and were left out.}}',
  keep: 'Keep for this camera',
  'kept.yes': 'Kept. Mirrors opened in this browser use it from their next start.',
  'kept.storage-full': 'It could not be kept: this browser lets the page store nothing. Nothing was changed.',
  discard: 'Discard',
  again: 'Start again',
  'refused.title': 'Not measured',
  'refused.too-few-views': 'Too few views were taken: at least four are needed.',
  'refused.tilt-the-card': 'Views of a straight card fit every lens. Tilt the card: {missing}.',
  'refused.views-disagree':
    'The views do not fit one card and one lens (residual {rms} px). Hold the card flat and still, use one with sharp edges, and see that the picture is not stretched or zoomed meanwhile.',
  failed: 'The server cannot be reached. Load this page again in a moment.',
} as const;

export type MessageId = keyof typeof en;

const fr: Readonly<Record<MessageId, string>> = {
  title: 'Ce que voit cette caméra',
  lead: 'Des tailles vraies dans le miroir demandent le champ de la caméra. Une carte au format courant, présentée de huit façons, le mesure.',
  'language.other': 'English',
  'language.other.label': 'Switch to English',
  'before.what':
    'Il vous faut une carte bancaire, de fidélité ou d’identité (85,60 × 53,98 mm) aux bords nets et droits.',
  'before.where':
    'Faites-le sur le miroir même, dans sa lumière habituelle\u202f: la mesure vaut pour cette caméra, dans ce navigateur.',
  'before.private':
    'La caméra s’ouvre quand vous appuyez sur le bouton. Ses images restent dans la mémoire de cette page et disparaissent avec elle\u202f; rien n’est envoyé. Sont gardés quelques nombres sur l’objectif.',
  open: 'Ouvrir la caméra',
  opening: 'La caméra s’ouvre',
  'trouble.camera-missing':
    'Aucune caméra trouvée. Branchez-la et réessayez\u202f; la page doit être ouverte en https ou sur cet ordinateur.',
  'trouble.camera-denied':
    'Cette page ne peut pas utiliser la caméra. Autorisez-la à côté de l’adresse et réessayez.',
  'trouble.camera-busy': 'La caméra sert à autre chose. Fermez ce programme et réessayez.',
  'trouble.camera-unplugged': 'La caméra a été débranchée ou retirée. Rebranchez-la et réessayez.',
  'picture.label': 'Ce que voit la caméra, en miroir, avec le contour pour la carte',
  step: 'Vue {number} sur {count}',
  'view.near': 'De face, près',
  'view.far': 'De face, loin',
  'view.turned-left': 'Vers la gauche',
  'view.turned-right': 'Vers la droite',
  'view.turned-up': 'Vers le haut',
  'view.turned-down': 'Vers le bas',
  'view.left-and-up': 'Gauche et haut',
  'view.right-and-down': 'Droite et bas',
  'ask.near': 'Tenez la carte bien en face de la caméra, de sorte qu’elle remplisse le contour.',
  'ask.far': 'Reculez la carte, toujours de face, dans le petit contour.',
  'ask.turned-left': 'Tournez la carte vers votre gauche, comme le contour.',
  'ask.turned-right': 'Tournez la carte vers votre droite, comme le contour.',
  'ask.turned-up': 'Inclinez la carte vers le haut, comme le contour.',
  'ask.turned-down': 'Inclinez la carte vers le bas, comme le contour.',
  'ask.left-and-up': 'Tournez-la à la fois vers votre gauche et vers le haut.',
  'ask.right-and-down': 'Tournez-la à la fois vers votre droite et vers le bas.',
  'sight.no-card':
    'Les bords de la carte sont cherchés. Tenez-la par les coins ou par un côté, devant un fond d’une autre clarté.',
  'sight.nearer': 'Plus près, s’il vous plaît.',
  'sight.farther': 'Plus loin, s’il vous plaît.',
  'sight.tilt': 'Tournez-la davantage, comme le contour.',
  'sight.straight': 'Tenez-la bien de face.',
  'sight.hold-still': 'Ne bougez plus.',
  'sight.taken': 'Prise.',
  'so-far': 'Pour l’instant\u202f: {fov} ± {plusMinus}°, écart {rms} px',
  'so-far.none': 'Un premier chiffre vient avec la quatrième vue.',
  'so-far.wait': 'Les vues prises ne suffisent pas encore. Continuez.',
  skip: 'Passer cette vue',
  stop: 'Fermer la caméra',
  taken: 'Vues prises',
  'taken.rms': '{rms} px',
  'taken.out': 'écartée',
  'done.title': 'Mesuré',
  'done.fov': 'Champ vertical',
  'done.residual': 'Écart',
  'done.residual.value': '{rms} px sur {count, plural, one {# vue} other {# vues}}',
  'done.words':
    'Champ vertical {fov} ± {plusMinus}°, écart {rms} px sur {count, plural, one {# vue} other {# vues}}.',
  'done.meaning':
    'La vraie valeur est dans le ± dix-neuf fois sur vingt, si l’objectif garde droites les lignes droites.',
  'done.before': 'Gardé jusqu’ici\u202f: {fov}°, du {date}.',
  'done.before.unreadable':
    'Ce qui était gardé pour cette caméra n’est plus lisible. Garder ce résultat le remplace.',
  'done.left-out':
    '{count, plural, one {Une vue ne s’accordait pas avec les autres et a été écartée.} other {# vues ne s’accordaient pas avec les autres et ont été écartées.}}',
  keep: 'Garder pour cette caméra',
  'kept.yes': 'Gardé. Les miroirs ouverts dans ce navigateur s’en servent dès leur prochain démarrage.',
  'kept.storage-full':
    'Impossible de le garder\u202f: ce navigateur ne laisse rien enregistrer à la page. Rien n’a changé.',
  discard: 'Abandonner',
  again: 'Recommencer',
  'refused.title': 'Non mesuré',
  'refused.too-few-views': 'Trop peu de vues\u202f: il en faut au moins quatre.',
  'refused.tilt-the-card':
    'Des vues de face conviennent à tout objectif. Inclinez la carte\u202f: {missing}.',
  'refused.views-disagree':
    'Les vues ne s’accordent pas à une carte et un objectif (écart {rms} px). Tenez la carte plane et immobile, prenez-en une aux bords nets, et veillez à ce que l’image ne soit ni étirée ni zoomée entre-temps.',
  failed: 'Le serveur est injoignable. Rechargez cette page dans un instant.',
};

/** The page's voice in one language. */
export const speakerOf = createSpeakers<MessageId>({ en, fr });

/** Says a sentence of the page. */
export type Say = SayOf<MessageId>;
