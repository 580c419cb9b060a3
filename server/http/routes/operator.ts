import * as z from 'zod/mini';
import {
  AuditQuery,
  AuditReply,
  DeviceBoardReply,
  DeviceId,
  EnrolmentReply,
  OpenEnrolmentsReply,
  EnrolmentRequest,
  EpochMs,
  PasskeyBoardReply,
  PasskeyId,
  StockBoardReply,
} from '../../../protocol/index.ts';
import type { Routes } from './route.ts';

const RotateTokenKeyRequest = z.object({ atOnce: z.optional(z.boolean()) });
const RotateTokenKeyReply = z.object({ oldGoodUntilMs: EpochMs });
const EnrolmentParams = z.object({ id: z.string().check(z.regex(/^[\w-]{8,128}$/)) });
const PasskeyParams = z.object({ id: PasskeyId });
const DeviceParams = z.object({ id: DeviceId });
const nothing = z.object({});

/** Of what an operator does with devices, keys, stock and the trail. */
export const operatorRoutes = {
  'token-key.rotate': {
    method: 'POST',
    path: '/api/token-keys/rotate',
    summary: 'Signs tokens with a new key; old tokens live out their time, unless `atOnce`.',
    caller: 'operator',
    body: RotateTokenKeyRequest,
    reply: RotateTokenKeyReply,
    refusals: [],
  },
  'device.list': {
    method: 'GET',
    path: '/api/devices',
    summary: 'Every device with what is known of its health.',
    caller: 'operator',
    reply: DeviceBoardReply,
    refusals: [],
  },
  'device.make-enrolment': {
    method: 'POST',
    path: '/api/devices/enrolments',
    summary: 'Makes a one-time link for a new device of a boutique.',
    caller: 'operator',
    body: EnrolmentRequest,
    reply: EnrolmentReply,
    refusals: ['not-found'],
  },
  'device.list-enrolments': {
    method: 'GET',
    path: '/api/devices/enrolments',
    summary: 'The links for new devices that nobody has used yet; their codes are not told again.',
    caller: 'operator',
    reply: OpenEnrolmentsReply,
    refusals: [],
  },
  'device.withdraw-enrolment': {
    method: 'POST',
    path: '/api/devices/enrolments/:id/withdraw',
    summary: 'Takes a link back that nobody has used.',
    caller: 'operator',
    params: EnrolmentParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'device.revoke': {
    method: 'POST',
    path: '/api/devices/:id/revoke',
    summary: 'Sends a device away for good and ends its connections.',
    caller: 'operator',
    params: DeviceParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'passkey.board': {
    method: 'GET',
    path: '/api/passkeys',
    summary: 'Advisors’ passkeys, with whose they are and when they were used.',
    caller: 'operator',
    reply: PasskeyBoardReply,
    refusals: [],
  },
  'passkey.revoke': {
    method: 'POST',
    path: '/api/passkeys/:id/revoke',
    summary: 'Takes a passkey back for good; whoever it signed in is signed out at once.',
    caller: 'operator',
    params: PasskeyParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'stock.board': {
    method: 'GET',
    path: '/api/stock/board',
    summary: 'Each Maison’s connector and letters, and the age of each boutique’s levels.',
    caller: 'operator',
    reply: StockBoardReply,
    refusals: [],
  },
  'audit.read': {
    method: 'GET',
    path: '/api/audit',
    summary: 'The audit trail, the newest first, at most 50 lines at a time.',
    caller: 'operator',
    query: AuditQuery,
    reply: AuditReply,
    refusals: [],
  },
} as const satisfies Routes;
