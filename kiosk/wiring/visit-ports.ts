import { piecesIn, type Catalogue } from '../../protocol/product.ts';
import { err } from '../../sdk/core/result.ts';
import type { Link } from '../../sdk/sync/link.ts';
import { momentOf, toldStories } from '../../sdk/session/told-stories.ts';
import type { VisitPorts } from '../../sdk/session/visit-ports.ts';
import type { Clock } from '../../sdk/core/clock.ts';

/** Lets the visit speak over the line. What cannot be sent at once waits in the line's outbox. */
export function visitPortsOf(
  link: Link,
  catalogue: Catalogue,
  clock: Clock,
  onFault: (fault: unknown) => void,
): VisitPorts {
  const send = (sent: Promise<unknown>): void => {
    sent.catch(onFault);
  };
  const cancelOffer: VisitPorts['cancelOffer'] = (offerId) => send(link.command('offer.cancel', { offerId }));
  const nowMs = (): number => clock.nowMs() + link.state.get().clockOffsetMs;
  return {
    nowMs,
    stories: () =>
      toldStories(catalogue.stories, momentOf(link.state.get().identity, nowMs())).map(
        ({ id, chapters }) => ({ id, chapters: chapters.length }),
      ),
    chaptersOf: (storyId) => catalogue.stories.find(({ id }) => id === storyId)?.chapters.length ?? 0,
    openOffer: async (told, signal) => {
      const answer = await link.command('offer.open', told);
      if (!signal.aborted || !answer.ok) return answer;
      cancelOffer(answer.value.offerId);
      return err({ code: 'conflict', message: 'The client had gone back before the offer came.' });
    },
    cancelOffer,
    declineOffer: (offerId) => send(link.command('offer.decline', { offerId })),
    confirmOffer: async (offerId, summary, signal) => {
      const answer = await link.command('offer.confirm', { offerId, summary }, { signal });
      if (signal.aborted && !answer.ok) cancelOffer(offerId);
      return answer;
    },
    pieceOf: piecesIn(catalogue),
    wear: (sessionId, worn, look) => send(link.command('session.wear', { sessionId, worn, look: [...look] })),
    lead: (sessionId) => send(link.command('session.lead', { sessionId })),
    tell: (sessionId, page) => send(link.command('session.tell', { sessionId, page })),
    answerLook: (sessionId, proposalId, answer) =>
      send(link.command('session.answer', { sessionId, proposalId, answer })),
    keep: (sessionId, sku, kept) => send(link.command('session.keep', { sessionId, sku, kept })),
    shareMeasure: (sessionId, measure) => send(link.command('session.share-measure', { sessionId, measure })),
    close: (sessionId, reason) => send(link.command('session.close', { sessionId, reason })),
  };
}
