import type { Locale } from '../../protocol/ids.ts';
import type { CameraProblem, TrackingProblem } from '../../sdk/tracking/tracker.ts';

/** What the element itself says. */
export interface TryOnWords {
  readonly noticeTitle: string;
  readonly notice: string;
  readonly useCamera: string;
  readonly withoutCamera: string;
  readonly cameraOff: string;
  readonly cameraOn: string;
  readonly problems: Readonly<Record<CameraProblem | TrackingProblem | 'tracking-unavailable', string>>;
  readonly pieceFailed: string;
  readonly stageFailed: string;
}

const english: TryOnWords = {
  noticeTitle: 'See it on you',
  notice:
    'The camera finds where the piece sits on your face. The picture stays on this device, in its memory only: nothing is recorded, sent or kept, and nobody is recognised.',
  useCamera: 'Use the camera',
  withoutCamera: 'Look without a camera',
  cameraOff: 'Turn the camera off',
  cameraOn: 'See it on you',
  problems: {
    'camera-missing': 'There is no camera here. The piece is shown on our mannequin.',
    'camera-denied': 'The camera was not allowed. You can allow it in your browser’s address bar.',
    'camera-unplugged': 'The camera was unplugged. The piece is shown on our mannequin.',
    'camera-busy': 'Another program is using the camera. Close it, then try again.',
    'model-missing': 'The mirror is not ready here. The piece is shown on our mannequin.',
    'model-corrupt': 'The mirror is not ready here. The piece is shown on our mannequin.',
    'tracker-failed': 'The mirror lost its thread. The piece is shown on our mannequin.',
    'tracking-unavailable': 'The mirror is not ready here. The piece is shown on our mannequin.',
  },
  pieceFailed: 'This piece cannot be shown at the moment.',
  stageFailed: 'This browser cannot show the piece in three dimensions.',
};

const french: TryOnWords = {
  noticeTitle: 'Voyez-la sur vous',
  notice:
    'La caméra repère où la pièce se pose sur votre visage. L’image reste sur cet appareil, dans sa mémoire seule\u00a0: rien n’est enregistré, envoyé ni conservé, et personne n’est reconnu.',
  useCamera: 'Utiliser la caméra',
  withoutCamera: 'Regarder sans caméra',
  cameraOff: 'Éteindre la caméra',
  cameraOn: 'Voyez-la sur vous',
  problems: {
    'camera-missing': 'Il n’y a pas de caméra ici. La pièce est présentée sur notre mannequin.',
    'camera-denied': 'La caméra n’a pas été autorisée. Vous pouvez l’autoriser dans la barre d’adresse.',
    'camera-unplugged': 'La caméra a été débranchée. La pièce est présentée sur notre mannequin.',
    'camera-busy': 'Un autre programme utilise la caméra. Fermez-le, puis réessayez.',
    'model-missing': 'Le miroir n’est pas prêt ici. La pièce est présentée sur notre mannequin.',
    'model-corrupt': 'Le miroir n’est pas prêt ici. La pièce est présentée sur notre mannequin.',
    'tracker-failed': 'Le miroir a perdu le fil. La pièce est présentée sur notre mannequin.',
    'tracking-unavailable': 'Le miroir n’est pas prêt ici. La pièce est présentée sur notre mannequin.',
  },
  pieceFailed: 'Cette pièce ne peut pas être présentée pour le moment.',
  stageFailed: 'Ce navigateur ne peut pas présenter la pièce en trois dimensions.',
};

const words: Readonly<Record<Locale, TryOnWords>> = { en: english, fr: french };

/** The words for a BCP 47 tag; English where it is not spoken. */
export function wordsFor(language: string): TryOnWords {
  return words[language.toLowerCase().split('-')[0] === 'fr' ? 'fr' : 'en'];
}
