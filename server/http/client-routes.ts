import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import {
  PhoneConsentRequest,
  PhoneOpenRequest,
  PhoneRequest,
  PhoneWithdrawRequest,
  type Answer,
} from '../../protocol/index.ts';
import type { PhoneDesk } from '../clients/phone-desk.ts';
import { refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { parseWith } from '../core/parse.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import { httpAnswer, type Http } from './create-http.ts';

/** Phones in a boutique's network share one address. */
const perAddress = { burst: 60, perSecond: 2 };

/** What a client's own phone asks. Every secret travels in a body: addresses are written down by others. */
export function clientRoutes(http: Http, { phones, clock }: { phones: PhoneDesk; clock: Clock }): void {
  const addresses = new TokenBuckets(clock, perAddress);

  const route = <Schema extends z.core.$ZodType>(
    path: string,
    schema: Schema,
    answer: (body: z.output<Schema>) => Promise<Answer<unknown>>,
  ) => {
    http.post(`/api/clients/phone/${path}`, async (request: FastifyRequest, reply: FastifyReply) => {
      const send = async (result: Answer<unknown>) => {
        const { status, body } = httpAnswer(result);
        await reply.header('cache-control', 'no-store').code(status).send(body);
      };
      const retryAfterMs = addresses.take(request.ip);
      if (retryAfterMs > 0) return await send(refuse('rate-limited', 'Too many requests.', { retryAfterMs }));
      const parsed = parseWith(schema, request.body, 'The request');
      await send(parsed.ok ? await answer(parsed.value) : parsed);
    });
  };

  route('open', PhoneOpenRequest, ({ secret }) => phones.open(secret));
  route('read', PhoneRequest, ({ key }) => phones.read(key));
  route('consent', PhoneConsentRequest, ({ key, consent }) => phones.consent(key, consent));
  route('withdraw', PhoneWithdrawRequest, ({ key, purpose }) => phones.withdraw(key, purpose));
  route('erase', PhoneRequest, ({ key }) => phones.erase(key));
}
