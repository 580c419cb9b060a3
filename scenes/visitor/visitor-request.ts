import type { HeadMotion } from '../../sdk/tracking/head-motion.ts';
import { naturalHeadMotion, stillHead } from '../../sdk/tracking/head-motion.ts';
import { usualHold } from './card-hold.ts';
import type { CardHold } from './card-hold.ts';
import type { VisitorLookName } from './skin-tones.ts';
import { visitorLooks } from './skin-tones.ts';

/** Where a server of the kit has the forged visitor, below its own address. */
export const visitorModelPath = 'collections/shared/visitor.glb';

/** What a page's address asks of the kit's own visitor. */
export interface VisitorRequest {
  readonly look: VisitorLookName;
  readonly motion: HeadMotion;
  /** How the visitor holds a card against the forehead; null without one. */
  readonly card: CardHold | null;
}

const motions: Readonly<Record<string, HeadMotion>> = { natural: naturalHeadMotion, still: stillHead };

/** The visitor where nothing more is asked. */
export const defaultVisitor: VisitorRequest = { look: 'light', motion: naturalHeadMotion, card: null };

function isLook(name: string | null): name is VisitorLookName {
  return name !== null && Object.hasOwn(visitorLooks, name);
}

/**
 * Reads `?camera=visitor`, with `look` (`fair` to `deep`; `light` unless told) and `motion` (`natural` unless told, or
 * `still`), and `card=forehead` for a card held there to be measured by; null where a page's address asks for no visitor. A name that is not known is as good as none.
 */
export function visitorRequestOf(search: string): VisitorRequest | null {
  const asked = new URLSearchParams(search);
  if (asked.get('camera') !== 'visitor') return null;
  const look = asked.get('look');
  const motion = asked.get('motion') ?? '';
  return {
    look: isLook(look) ? look : defaultVisitor.look,
    card: asked.get('card') === 'forehead' ? usualHold : null,
    motion: (Object.hasOwn(motions, motion) ? motions[motion] : undefined) ?? defaultVisitor.motion,
  };
}
