import type { HeadMotion } from '../../sdk/tracking/head-motion.ts';
import { naturalHeadMotion, stillHead } from '../../sdk/tracking/head-motion.ts';
import { usualHold } from './card-hold.ts';
import type { CardHold } from './card-hold.ts';
import type { HandHold } from './hand-form.ts';
import type { HandMotion, ShownHand } from './hand-motion.ts';
import { measuredHand, raisedHand, turningHand } from './hand-motion.ts';
import type { VisitorLookName } from './skin-tones.ts';
import { isLook } from './skin-tones.ts';

/** Where a server of the kit has the forged visitor, below its own address. */
export const visitorModelPath = 'collections/shared/visitor.glb';

/** What a page's address asks of the kit's own visitor. */
export interface VisitorRequest {
  readonly look: VisitorLookName;
  readonly motion: HeadMotion;
  /** How the visitor holds a card against the forehead; null without one. */
  readonly card: CardHold | null;
  /** The hand that the visitor holds up; null for none. */
  readonly hand: HandMotion | null;
}

const hands: Readonly<Record<string, ShownHand>> = {
  left: { side: 'left', shows: 'back' },
  right: { side: 'right', shows: 'back' },
  'left-palm': { side: 'left', shows: 'palm' },
  'right-palm': { side: 'right', shows: 'palm' },
};
const motions: Readonly<Record<string, HeadMotion>> = { natural: naturalHeadMotion, still: stillHead };

/** The visitor where nothing more is asked. */
export const defaultVisitor: VisitorRequest = {
  look: 'light',
  motion: naturalHeadMotion,
  card: null,
  hand: null,
};

/**
 * Reads `?camera=visitor`, with `look` (`fair` to `deep`; `light` unless told) and `motion` (`natural` unless told, or
 * `still`), `card` (`forehead`, or `palm` for a card across the palm of a raised hand) to be measured by, and `hand` (`left`, `right`, `left-palm`, `right-palm`) for a hand held up; null where a page's address asks for no visitor. A name that is not known is as good as none.
 */
export function visitorRequestOf(search: string): VisitorRequest | null {
  const asked = new URLSearchParams(search);
  if (asked.get('camera') !== 'visitor') return null;
  const look = asked.get('look');
  const motion = asked.get('motion') ?? '';
  const hand = asked.get('hand') ?? '';
  const shown = Object.hasOwn(hands, hand) ? hands[hand] : undefined;
  const raised =
    shown === undefined ? null : motion === 'still' ? always(raisedHand(shown)) : turningHand(shown);
  return {
    look: isLook(look) ? look : defaultVisitor.look,
    hand: asked.get('card') === 'palm' ? always(measuredHand(shown?.side ?? 'left')) : raised,
    card: asked.get('card') === 'forehead' ? usualHold : null,
    motion: (Object.hasOwn(motions, motion) ? motions[motion] : undefined) ?? defaultVisitor.motion,
  };
}

/** Held still: the very same hold, which is drawn once. */
function always(hold: HandHold): HandMotion {
  return () => hold;
}
