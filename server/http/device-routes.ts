import type { Clock } from '../core/clock.ts';
import { refuse } from '../core/answers.ts';
import { Admission, type AdmissionRate } from '../core/admission.ts';
import type { Random } from '../core/random.ts';
import { houseWide } from '../core/scope.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import type { Routes } from './serve-routes.ts';

/** A device that comes back begins here, and each costs three writes: a herd is met at its first step. */
const challenges = { burst: 400, perSecond: 200 };

/** Enrolment, and the challenge and token by which a device proves its key. */
export function deviceRoutes(
  routes: Routes,
  deps: {
    registry: DeviceRegistry;
    tokens: DeviceTokens;
    clock: Clock;
    random: Random;
    challengeRate?: AdmissionRate | undefined;
  },
): void {
  const { registry, tokens } = deps;
  const admission = new Admission(deps.clock, deps.random, deps.challengeRate ?? challenges);
  // Which Maison's a device is, its code or its key says.
  const atDoor = <Value>(work: () => Value): Value =>
    houseWide('a device that has yet to prove itself', work);
  routes.serve('device.enrol', ({ body }) => atDoor(() => registry.enrol(body)));
  routes.serve('device.challenge', async ({ body }) => {
    const retryAfterMs = admission.waitMs();
    if (retryAfterMs > 0) return refuse('rate-limited', 'Many devices come at once.', { retryAfterMs });
    return await atDoor(() => tokens.challenge(body.deviceId));
  });
  routes.serve('device.token', ({ body }) => atDoor(() => tokens.exchange(body)));
}
