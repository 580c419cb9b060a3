import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import type { Routes } from './serve-routes.ts';

/** Enrolment, and the challenge and token by which a device proves its key. */
export function deviceRoutes(
  routes: Routes,
  { registry, tokens }: { registry: DeviceRegistry; tokens: DeviceTokens },
): void {
  routes.serve('device.enrol', ({ body }) => registry.enrol(body));
  routes.serve('device.challenge', ({ body }) => tokens.challenge(body.deviceId));
  routes.serve('device.token', ({ body }) => tokens.exchange(body));
}
