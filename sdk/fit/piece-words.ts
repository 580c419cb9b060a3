import type { Locale } from '../../protocol/ids.ts';
import type { Category, KnownCategory } from '../../protocol/product.ts';
import type { Finger } from '../../protocol/finger.ts';
import { en, type PieceSentenceId } from './piece-sentences-en.ts';
import { fr } from './piece-sentences-fr.ts';
import { createSpeakers, type Say, type Sentences } from '../session/speaker.ts';

/** What every screen says of pieces in the same words, in every language. */
export const pieceSentences: Sentences<PieceSentenceId> = { en, fr };

/** Says a sentence about a piece. */
export type SayOfPiece = Say<PieceSentenceId>;

/** The voice of each language, for pieces. */
export const pieceSpeakerOf = createSpeakers(pieceSentences);

const kinds: Readonly<Record<KnownCategory, PieceSentenceId>> = {
  eyewear: 'kind.eyewear',
  hat: 'kind.hat',
  earrings: 'kind.earrings',
  necklace: 'kind.necklace',
  ring: 'kind.ring',
  bracelet: 'kind.bracelet',
  watch: 'kind.watch',
  bag: 'kind.bag',
  makeup: 'kind.makeup',
};

/** What a house's own category is called is the house's; here it has the name without its mark. */
export function kindWords(category: Category, locale: Locale): string {
  const known = Object.hasOwn(kinds, category) ? kinds[category as KnownCategory] : null;
  return known === null ? category.replace('x-', '') : pieceSpeakerOf(locale)(known);
}

/** A finger by its name. */
export function fingerWords(finger: Finger, locale: Locale): string {
  return pieceSpeakerOf(locale)(`finger.${finger}`);
}
