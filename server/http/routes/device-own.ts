import {
  ActivateRequest,
  ChallengeReply,
  ChallengeRequest,
  EnrolReply,
  EnrolRequest,
  RotateKeyReply,
  RotateKeyRequest,
  TokenReply,
  TokenRequest,
} from '../../../protocol/index.ts';
import { devicesOfAnAddress, oneDevice } from './bounds.ts';
import type { Routes } from './route.ts';

/** Of a device, about its own key and token. */
export const deviceOwnRoutes = {
  'device.enrol': {
    method: 'POST',
    path: '/api/devices/enrol',
    summary: 'Turns a one-time code and a public key into a device of a boutique.',
    caller: 'anyone',
    body: EnrolRequest,
    reply: EnrolReply,
    refusals: ['code-unknown', 'code-expired', 'code-used', 'forbidden'],
    perAddress: devicesOfAnAddress,
  },
  'device.challenge': {
    method: 'POST',
    path: '/api/devices/challenge',
    summary: 'Gives a nonce for the device to sign, good once and for a short time.',
    caller: 'anyone',
    body: ChallengeRequest,
    reply: ChallengeReply,
    refusals: ['unauthenticated', 'forbidden'],
    perAddress: devicesOfAnAddress,
    perDevice: oneDevice,
  },
  'device.token': {
    method: 'POST',
    path: '/api/devices/token',
    summary:
      'Takes the signed nonce for a short-lived token: for the socket, and for a console’s calls here.',
    caller: 'anyone',
    body: TokenRequest,
    reply: TokenReply,
    refusals: ['unauthenticated', 'forbidden'],
    perAddress: devicesOfAnAddress,
    perDevice: oneDevice,
  },
  'device.activate': {
    method: 'POST',
    path: '/api/devices/activate',
    summary: 'Gives a browser on a page of an activation’s origins a key of its own under the page’s key.',
    caller: 'anyone',
    body: ActivateRequest,
    reply: EnrolReply,
    refusals: ['code-unknown', 'code-expired', 'forbidden', 'not-found'],
    perAddress: devicesOfAnAddress,
  },
  'device.rotate-key': {
    method: 'POST',
    path: '/api/devices/rotate-key',
    summary:
      'Changes a device’s key, signed by the old and by the new one; the old one is dead from then on.',
    caller: 'anyone',
    body: RotateKeyRequest,
    reply: RotateKeyReply,
    refusals: ['unauthenticated', 'forbidden', 'conflict'],
    perAddress: devicesOfAnAddress,
    perDevice: oneDevice,
  },
} as const satisfies Routes;
