import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import { ChallengeRequest, EnrolRequest, TokenRequest, type Answer } from '../../protocol/index.ts';
import { refuse } from '../core/answers.ts';
import { Admission, type AdmissionRate } from '../core/admission.ts';
import type { Clock } from '../core/clock.ts';
import { parseWith } from '../core/parse.ts';
import type { Random } from '../core/random.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import { httpAnswer, type Http } from './create-http.ts';

/** A boutique's devices share one address, so an address may do more than a device. */
const perAddress = { burst: 60, perSecond: 2 };
const perDevice = { burst: 12, perSecond: 0.5 };

/** A device that comes back begins here, and each costs three writes: a herd is met at its first step. */
const challenges = { burst: 400, perSecond: 200 };

/** Enrolment, and the challenge and token by which a device proves its key. */
export function deviceRoutes(
  http: Http,
  deps: {
    registry: DeviceRegistry;
    tokens: DeviceTokens;
    clock: Clock;
    random: Random;
    challengeRate?: AdmissionRate | undefined;
  },
): void {
  const admission = new Admission(deps.clock, deps.random, deps.challengeRate ?? challenges);
  // A bucket for each path: who guesses enrolment codes must not keep a neighbour's device from its token.
  const addresses = new TokenBuckets(deps.clock, perAddress);
  const devices = new TokenBuckets(deps.clock, perDevice);

  const route = <Schema extends z.core.$ZodType>(
    path: string,
    schema: Schema,
    answer: (body: z.output<Schema>) => Promise<Answer<unknown>>,
  ) => {
    http.post(path, async (request: FastifyRequest, reply: FastifyReply) => {
      const send = async (result: Answer<unknown>) => {
        const { status, body } = httpAnswer(result);
        if (!result.ok && result.error.retryAfterMs !== undefined) {
          reply.header('retry-after', Math.ceil(result.error.retryAfterMs / 1_000));
        }
        await reply.header('cache-control', 'no-store').code(status).send(body);
      };
      const addressWaitMs = addresses.take(`${path} ${request.ip}`);
      if (addressWaitMs > 0) return await send(tooMany(addressWaitMs));
      const parsed = parseWith(schema, request.body, 'The request');
      if (!parsed.ok) return await send(parsed);
      const deviceId = deviceOf(parsed.value);
      const deviceWaitMs = deviceId === null ? 0 : devices.take(`${path} ${deviceId}`);
      if (deviceWaitMs > 0) return await send(tooMany(deviceWaitMs));
      await send(await answer(parsed.value));
    });
  };

  route('/api/devices/enrol', EnrolRequest, (body) => deps.registry.enrol(body));
  route('/api/devices/challenge', ChallengeRequest, async ({ deviceId }) => {
    const waitMs = admission.waitMs();
    return waitMs > 0 ? tooMany(waitMs) : await deps.tokens.challenge(deviceId);
  });
  route('/api/devices/token', TokenRequest, (body) => deps.tokens.exchange(body));
}

function tooMany(retryAfterMs: number) {
  return refuse('rate-limited', 'Too many requests.', { retryAfterMs });
}

function deviceOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('deviceId' in body)) return null;
  return typeof body.deviceId === 'string' ? body.deviceId : null;
}
