import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Catalogue, MaisonId } from '../../protocol/index.ts';
import { refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { CaptureDesk } from '../oms/epcis/capture-desk.ts';
import { storeAtIn, type EpcisNames } from '../oms/epcis/epcis-document.ts';
import { asGtin14 } from '../oms/epcis/gs1-names.ts';
import type { Delivery, Inbox, Signed } from '../oms/inbox.ts';
import { signatureHeaders } from '../oms/rest/signing.ts';
import { httpAnswer, type Http } from './create-http.ts';

/** What one house's systems may send together, from wherever they send it. */
const perHouse = { burst: 200, perSecond: 20 };

/** What may be tried from one address without a good signature. A house behind the same proxy is not held up by it. */
const perStranger = { burst: 50, perSecond: 1 };

/** Largest webhook or EPCIS document, in bytes. */
const largestMessage = 2 * 1024 * 1024;

interface InboxDeps {
  readonly inbox: Inbox;
  readonly captures: CaptureDesk;
  readonly clock: Clock;
  readonly catalogues: ReadonlyMap<MaisonId, Catalogue>;
  /** A house's own boutiques by the names that its RFID readers give to places. */
  readonly placesOf: (maisonId: MaisonId) => Readonly<Record<string, string>>;
}

type MaisonRequest = FastifyRequest<{ Params: { maisonId: string; captureId?: string } }>;

/** Where a house's own systems speak: signed webhooks, and RFID reads as EPCIS 2.0 captures. */
export async function inboxRoutes(http: Http, deps: InboxDeps): Promise<void> {
  const { inbox, captures, clock } = deps;
  const houses = new TokenBuckets(clock, perHouse);
  const strangers = new TokenBuckets(clock, perStranger);
  await http.register(async (scope) => {
    // The signature is over the very bytes, so they are not parsed before it was checked.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: largestMessage },
      (_request, body, next) => next(null, body),
    );
    const answering =
      (
        path: string,
        answer: (signed: Signed, request: MaisonRequest, reply: FastifyReply) => Promise<Answer<unknown>>,
      ) =>
      async (request: MaisonRequest, reply: FastifyReply) => {
        const verified = inbox.verify(deliveryOf(request));
        const waitMs = verified.ok
          ? houses.take(`${path} ${verified.value.house.maisonId}`)
          : strangers.take(`${path} ${request.ip}`);
        if (waitMs > 0) reply.header('retry-after', Math.ceil(waitMs / 1_000));
        const result = await (async (): Promise<Answer<unknown>> => {
          if (waitMs > 0) return refuse('rate-limited', 'Too many messages.', { retryAfterMs: waitMs });
          return verified.ok ? await answer(verified.value, request, reply) : verified;
        })();
        const { status, body } = httpAnswer(result);
        if (!result.ok || reply.statusCode === 200) reply.code(status);
        await reply.header('cache-control', 'no-store').send(body);
      };
    const options = { bodyLimit: largestMessage };
    scope.post(
      '/api/oms/webhooks/:maisonId',
      options,
      answering('webhook', async (signed, request, reply) => {
        reply.code(202);
        return await inbox.take(signed, bodyOf(request));
      }),
    );
    scope.post(
      '/api/epcis/:maisonId/capture',
      options,
      answering('capture', async ({ id, house: { maisonId } }, request, reply) => {
        const job = await captures.capture(maisonId, id, bodyOf(request), namesOf(deps, maisonId));
        if (!job.ok) return job;
        reply.code(202).header('location', `/api/epcis/${maisonId}/capture/${job.value.captureID}`);
        reply.header('gs1-epcis-version', '2.0.0');
        return job;
      }),
    );
    scope.get(
      '/api/epcis/:maisonId/capture/:captureId',
      answering(
        'capture-job',
        async ({ house }, { params }) => await captures.job(house.maisonId, params.captureId ?? ''),
      ),
    );
  });
}

function deliveryOf(request: MaisonRequest): Delivery {
  return {
    maisonId: request.params.maisonId,
    timestamp: request.headers[signatureHeaders.timestamp],
    id: request.headers[signatureHeaders.id],
    signature: request.headers[signatureHeaders.signature],
    method: request.method,
    path: request.url,
    body: bodyOf(request),
  };
}

function bodyOf({ body }: FastifyRequest): string {
  return typeof body === 'string' ? body : '';
}

/** A house's names for places and items, as its configuration and its catalogue tell them. */
function namesOf({ catalogues, placesOf }: InboxDeps, maisonId: MaisonId): EpcisNames {
  const skus = new Map<string, string>();
  for (const { variants } of catalogues.get(maisonId)?.pieces ?? []) {
    for (const { gtin, sku } of variants) {
      const gtin14 = asGtin14(gtin);
      if (gtin14 !== null) skus.set(gtin14, sku);
    }
  }
  return { storeAt: storeAtIn(placesOf(maisonId)), skuOf: (gtin) => skus.get(gtin) ?? null };
}
