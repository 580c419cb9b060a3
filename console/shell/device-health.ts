import type { BoardDevice } from '../../protocol/console.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';

/** How a device stands, as the board marks it. */
export type DeviceState = 'online' | 'away' | 'never' | 'revoked';

/** The state of a device. */
export function stateOf({ revokedAtMs, online, seenAtMs }: BoardDevice): DeviceState {
  if (revokedAtMs !== null) return 'revoked';
  if (online) return 'online';
  return seenAtMs === null ? 'never' : 'away';
}

/** How often a mirror recovered by itself since it was opened. */
export function recoveriesOf({ mirror }: DeviceReport): number {
  return Object.values(mirror?.recoveries ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Whether somebody should look: a device in use that is online and tells of a camera or a tracking that it lacks. */
export function isTroubled(device: BoardDevice): boolean {
  const mirror = device.report?.mirror;
  if (stateOf(device) !== 'online' || !mirror) return false;
  return isCameraTrouble(mirror.camera) || isTrackingTrouble(mirror.tracking);
}

/** A camera that a mirror asked for and did not get. */
export function isCameraTrouble(camera: string): boolean {
  return camera.startsWith('camera-');
}

/** A tracking that follows nobody. */
export function isTrackingTrouble(tracking: string): boolean {
  return tracking !== 'ready' && tracking !== 'warming';
}
