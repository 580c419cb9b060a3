import type { DeviceRole } from '../../protocol/index.ts';
import type { EnrolmentTarget } from './enrolments.ts';

/** Where each kind of device lives. */
const pageOf: Readonly<Record<DeviceRole, string>> = {
  kiosk: '/',
  tablet: '/advisor/',
  console: '/console/',
  embed: '/embed/',
};

/** The address at which a browser becomes a device of a boutique. The code travels in the fragment, which no server sees. */
export function enrolmentUrl(publicUrl: string, { role, maisonId }: EnrolmentTarget, code: string): string {
  return `${publicUrl}${pageOf[role]}?maison=${maisonId}#enrol=${code}`;
}
