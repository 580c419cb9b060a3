import { houseWide } from '../core/scope.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import type { Routes } from './serve-routes.ts';

/** Enrolment, and the challenge and token by which a device proves its key. */
export function deviceRoutes(
  routes: Routes,
  { registry, tokens }: { registry: DeviceRegistry; tokens: DeviceTokens },
): void {
  // Which Maison's a device is, its code or its key says.
  const atDoor = <Value>(work: () => Value): Value =>
    houseWide('a device that has yet to prove itself', work);
  routes.serve('device.enrol', ({ body }) => atDoor(() => registry.enrol(body)));
  routes.serve('device.challenge', ({ body }) => atDoor(() => tokens.challenge(body.deviceId)));
  routes.serve('device.token', ({ body }) => atDoor(() => tokens.exchange(body)));
}
