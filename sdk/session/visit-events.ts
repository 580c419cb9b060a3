import type { Claim, OfferEnd } from '../../protocol/handoff.ts';
import type { Locale, PieceId, Sku } from '../../protocol/ids.ts';
import type { SharedMeasure } from '../../protocol/measure.ts';
import type { SessionState, Worn } from '../../protocol/session.ts';
import type { ProposalAnswer } from '../../protocol/together.ts';
import type { Story } from '../../protocol/story.ts';

/** A piece of a list that the client brought, and by which SKU it is kept. */
export interface ListedPiece {
  readonly worn: Worn;
  readonly sku: Sku;
}

/** Everything that can happen to a visit: what the client does, and what is heard from the boutique. */
export type VisitEvent =
  /** The client touched the resting screen. */
  | { readonly type: 'approach' }
  | { readonly type: 'speak'; readonly locale: Locale }
  /** Touched to begin with the camera, having been shown the notice `textVersion`. */
  | { readonly type: 'consent'; readonly textVersion: string }
  /** Chose to look without a camera, at the welcome or later. */
  | { readonly type: 'look-without-camera' }
  /** Looked without a camera so far, and would like to read the notice again. */
  | { readonly type: 'reconsider-camera' }
  /** Somebody would like to join the client in the mirror, and is shown the notice. */
  | { readonly type: 'invite' }
  /** They touched to join, for themselves, having been shown the notice `textVersion`. */
  | { readonly type: 'join'; readonly textVersion: string }
  /** The others have left the mirror: it follows the client alone again. */
  | { readonly type: 'part' }
  /** Chose one of the stories that are told here now. */
  | { readonly type: 'open-story'; readonly storyId: Story['id'] }
  /** Turned to a chapter of the story that is open; 0 is its first page, which names them. */
  | { readonly type: 'open-chapter'; readonly chapter: number }
  /** A piece joins what is worn, or one of it is looked at again; `beside` wears a ring with the one that is looked at. */
  | { readonly type: 'try-on'; readonly worn: Worn; readonly beside?: boolean }
  | { readonly type: 'take-off'; readonly pieceId: PieceId }
  | { readonly type: 'look-closer' }
  /** The client has a list on their phone, and would like the mirror to read it. */
  | { readonly type: 'bring-list' }
  /** Their list was read, and its pieces are known: the first is worn at once, all are kept. */
  | { readonly type: 'list-came'; readonly pieces: readonly ListedPiece[]; readonly gone: number }
  | { readonly type: 'keep'; readonly sku: Sku; readonly kept: boolean }
  /** Touched to hand this number to the advisor who is with them. */
  | { readonly type: 'share-measure'; readonly measure: SharedMeasure }
  /** Touched the mirror while the advisor leads: from now on the client does. */
  | { readonly type: 'take-lead' }
  /** Answered the look that the advisor proposes. */
  | { readonly type: 'answer-look'; readonly answer: ProposalAnswer }
  | { readonly type: 'call-advisor' }
  | { readonly type: 'call-again' }
  | { readonly type: 'confirm' }
  | { readonly type: 'decline' }
  | { readonly type: 'back' }
  | { readonly type: 'leave' }
  /** A touch, a key: someone is here. */
  | { readonly type: 'activity' }
  /** Somebody looks into the mirror. Keeps the question away, but does not answer it. */
  | { readonly type: 'present' }
  /** The house's own language, once it is known. */
  | { readonly type: 'house-language'; readonly locale: Locale }
  /** The answer to "Still here?": yes, and everything may take longer from now on. */
  | { readonly type: 'more-time' }
  | { readonly type: 'line'; readonly online: boolean }
  | { readonly type: 'claimed'; readonly claim: Claim }
  | { readonly type: 'offer-ended'; readonly end: OfferEnd }
  /** The assisted session as the server now has it; null when there is none. */
  | { readonly type: 'session'; readonly session: SessionState | null };
