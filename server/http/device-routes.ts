import type { FastifyRequest } from 'fastify';
import type { Answer, DeviceId } from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import { refuse } from '../core/answers.ts';
import { Admission, type AdmissionRate } from '../core/admission.ts';
import type { Random } from '../core/random.ts';
import { houseWide } from '../core/scope.ts';
import { admitsFrom, type Activations } from '../devices/activations.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { Enrolments } from '../devices/enrolments.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import type { KeyChange } from '../devices/key-change.ts';
import { foreignOriginOf } from '../realtime/origin.ts';
import type { Routes } from './serve-routes.ts';

/** A device that comes back begins here, and each costs three writes: a herd is met at its first step. */
const challenges = { burst: 400, perSecond: 200 };

/** Enrolment, and the challenge and token by which a device proves its key. */
export function deviceRoutes(
  routes: Routes,
  deps: {
    registry: DeviceRegistry;
    enrolments: Enrolments;
    tokens: DeviceTokens;
    activations: Activations;
    keyChange: KeyChange;
    clock: Clock;
    random: Random;
    challengeRate?: AdmissionRate | undefined;
    allowedOrigins: () => readonly string[];
  },
): void {
  const { registry, enrolments, tokens, activations, keyChange } = deps;
  const admission = new Admission(deps.clock, deps.random, deps.challengeRate ?? challenges);
  const originOf = (request: FastifyRequest) => foreignOriginOf(request.headers, deps.allowedOrigins());
  // Which Maison's a device is, its code or its key says.
  const atDoor = <Value>(work: () => Value): Value =>
    houseWide('a device that has yet to prove itself', work);
  /** Answers a device whose page may speak for it. */
  const admitted = <Value>(
    deviceId: DeviceId,
    request: FastifyRequest,
    answer: () => Promise<Answer<Value>>,
  ) =>
    atDoor(async (): Promise<Answer<Value>> => {
      const device = await registry.find(deviceId);
      if (!device.ok) return device;
      return admitsFrom(device.value, originOf(request))
        ? await answer()
        : refuse('forbidden', 'This device may not speak from this page’s origin.');
    });
  routes.serve('device.enrol', ({ body }) => atDoor(() => enrolments.use(body)));
  routes.serve('device.activate', ({ body, request }) =>
    atDoor(() => activations.enrol(body, originOf(request))),
  );
  routes.serve('device.challenge', async ({ body, request }) => {
    const retryAfterMs = admission.waitMs();
    if (retryAfterMs > 0) return refuse('rate-limited', 'Many devices come at once.', { retryAfterMs });
    return await admitted(body.deviceId, request, () => tokens.challenge(body.deviceId));
  });
  routes.serve('device.token', ({ body, request }) =>
    admitted(body.deviceId, request, () => tokens.exchange(body)),
  );
  routes.serve('device.rotate-key', ({ body, request }) =>
    admitted(body.deviceId, request, () => keyChange.change(body)),
  );
}
