import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import {
  ActivateRequest,
  ChallengeRequest,
  EnrolRequest,
  RotateKeyRequest,
  TokenRequest,
  type Answer,
  type DeviceId,
} from '../../protocol/index.ts';
import { refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { parseWith } from '../core/parse.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import { admitsFrom, type Activations } from '../devices/activations.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import type { KeyChange } from '../devices/key-change.ts';
import { foreignOriginOf } from '../realtime/origin.ts';
import { httpAnswer, type Http } from './create-http.ts';
import { embedCors } from './embed-cors.ts';

/** A boutique's devices share one address, so an address may do more than a device. */
const perAddress = { burst: 60, perSecond: 2 };
const perDevice = { burst: 12, perSecond: 0.5 };

/** Enrolment, and the challenge and token by which a device proves its key. */
export function deviceRoutes(
  http: Http,
  deps: {
    registry: DeviceRegistry;
    tokens: DeviceTokens;
    activations: Activations;
    keyChange: KeyChange;
    clock: Clock;
    allowedOrigins: () => readonly string[];
  },
): void {
  const { registry, tokens, activations, keyChange } = deps;
  embedCors(http, activations);
  // A bucket for each path: who guesses enrolment codes must not keep a neighbour's device from its token.
  const addresses = new TokenBuckets(deps.clock, perAddress);
  const devices = new TokenBuckets(deps.clock, perDevice);

  const route = <Schema extends z.core.$ZodType>(
    path: string,
    schema: Schema,
    answer: (body: z.output<Schema>, origin: string | null) => Promise<Answer<unknown>>,
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
      await send(await answer(parsed.value, foreignOriginOf(request.headers, deps.allowedOrigins())));
    });
  };

  /** Answers a device whose page may speak for it. */
  const admitted =
    <Body extends { readonly deviceId: DeviceId }>(answer: (body: Body) => Promise<Answer<unknown>>) =>
    async (body: Body, origin: string | null): Promise<Answer<unknown>> => {
      const device = await registry.find(body.deviceId);
      if (device.ok && !admitsFrom(device.value, origin)) {
        return refuse('forbidden', 'This device may not speak from this page’s origin.');
      }
      return device.ok ? await answer(body) : device;
    };

  route('/api/devices/enrol', EnrolRequest, (body) => registry.enrol(body));
  route('/api/devices/activate', ActivateRequest, (body, origin) => activations.enrol(body, origin));
  route(
    '/api/devices/challenge',
    ChallengeRequest,
    admitted(({ deviceId }) => tokens.challenge(deviceId)),
  );
  route(
    '/api/devices/token',
    TokenRequest,
    admitted((body) => tokens.exchange(body)),
  );
  route(
    '/api/devices/rotate-key',
    RotateKeyRequest,
    admitted((body) => keyChange.change(body)),
  );
}

function tooMany(retryAfterMs: number) {
  return refuse('rate-limited', 'Too many requests.', { retryAfterMs });
}

function deviceOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('deviceId' in body)) return null;
  return typeof body.deviceId === 'string' ? body.deviceId : null;
}
