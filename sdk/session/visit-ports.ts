import type { Answer } from '../../protocol/errors.ts';
import type { Offer } from '../../protocol/handoff.ts';
import type { CommandId, Locale, OfferId, PieceId, SessionId, Sku } from '../../protocol/ids.ts';
import type { SharedMeasure } from '../../protocol/measure.ts';
import type { PlacedPiece } from '../../protocol/look.ts';
import type { ClosedReason, VisitSummary, Worn } from '../../protocol/session.ts';
import type { Story } from '../../protocol/story.ts';
import type { ProposalAnswer, StoryPage } from '../../protocol/together.ts';
import type { ToldStory } from './visit-context.ts';

/**
 * What the visit needs from the outside. The kiosk gives it a line to the server; a test gives it a script. Promises
 * resolve with an answer and reject only on faults.
 */
export interface VisitPorts {
  /** Wall time on the server's clock as far as it is known, in milliseconds since the epoch. */
  nowMs(): number;
  /** The stories that are told here now: asked as a visit begins, and true until it ends. */
  stories(): readonly ToldStory[];
  /** How many chapters a story has; 0 where the catalogue has none of that name. */
  chaptersOf(storyId: Story['id']): number;
  /**
   * Asks for an offer, and tells what the calling screen says is told. When `signal` aborts, nobody waits any more: an offer that comes
   * late must be cancelled.
   */
  openOffer(told: ToldWithCall, signal: AbortSignal): Promise<Answer<Offer>>;
  cancelOffer(offerId: OfferId): void;
  declineOffer(offerId: OfferId): void;
  /**
   * The one call by which the visit leaves the kiosk. When `signal` aborts, nobody waits any more: what has
   * not been sent by then must not be sent.
   */
  confirmOffer(
    offerId: OfferId,
    summary: VisitSummary,
    signal: AbortSignal,
  ): Promise<Answer<{ readonly sessionId: SessionId }>>;
  /** What the catalogue says of where a piece is worn; null where it has none. */
  pieceOf(pieceId: PieceId): PlacedPiece | null;
  /** Tells the session what is looked at, and everything that is worn. */
  wear(sessionId: SessionId, worn: Worn, look: readonly Worn[]): void;
  /** Hands one measured number to the advisor: the client touched to give it. */
  shareMeasure(sessionId: SessionId, measure: SharedMeasure): void;
  /** The client takes the lead back. */
  lead(sessionId: SessionId): void;
  /** The client turns the page of the story that is open on the mirror, or closes it (null). */
  tell(sessionId: SessionId, page: StoryPage | null): void;
  answerLook(sessionId: SessionId, proposalId: CommandId, answer: ProposalAnswer): void;
  keep(sessionId: SessionId, sku: Sku, kept: boolean): void;
  close(sessionId: SessionId, reason: ClosedReason): void;
}

/** What a call tells the boutique's advisors: in which language to come, and what the mirror shows. Nothing of the visit before it. */
export interface ToldWithCall {
  readonly locale: Locale;
  readonly worn: Worn | null;
}

/** What the kiosk tells the visit about its surroundings. */
export interface VisitInput {
  /** The boutique's own language: where every visit starts. */
  readonly locale: Locale;
}
