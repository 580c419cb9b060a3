import {
  PhoneConsentRequest,
  PhoneOpenReply,
  PhoneOpenRequest,
  PhoneReply,
  PhoneRequest,
  PhoneWithdrawRequest,
} from '../../../protocol/index.ts';
import { devicesOfAnAddress } from './bounds.ts';
import type { Routes } from './route.ts';

/** Of the client’s own page. */
export const phoneRoutes = {
  'phone.open': {
    method: 'POST',
    path: '/api/clients/phone/open',
    summary: 'Trades the one-time secret of a mark for the page’s own.',
    caller: 'anyone',
    body: PhoneOpenRequest,
    reply: PhoneOpenReply,
    refusals: ['code-unknown'],
    perAddress: devicesOfAnAddress,
  },
  'phone.read': {
    method: 'POST',
    path: '/api/clients/phone/read',
    summary: 'What the client of this page has let be known, read from the house now.',
    caller: 'anyone',
    body: PhoneRequest,
    reply: PhoneReply,
    refusals: ['code-expired', 'oms-unavailable'],
    perAddress: devicesOfAnAddress,
  },
  'phone.consent': {
    method: 'POST',
    path: '/api/clients/phone/consent',
    summary: 'The client says yes, purpose by purpose.',
    caller: 'anyone',
    body: PhoneConsentRequest,
    reply: PhoneReply,
    refusals: [
      'code-expired',
      'client-unknown',
      'session-ended',
      'oms-unavailable',
      'rate-limited',
      'conflict',
    ],
    perAddress: devicesOfAnAddress,
  },
  'phone.withdraw': {
    method: 'POST',
    path: '/api/clients/phone/withdraw',
    summary: 'The client takes one purpose back, or all of them.',
    caller: 'anyone',
    body: PhoneWithdrawRequest,
    reply: PhoneReply,
    refusals: ['code-expired', 'client-unknown', 'oms-unavailable'],
    perAddress: devicesOfAnAddress,
  },
  'phone.erase': {
    method: 'POST',
    path: '/api/clients/phone/erase',
    summary: 'Forgets the client here at once, and has the house forget them.',
    caller: 'anyone',
    body: PhoneRequest,
    reply: PhoneReply,
    refusals: ['code-expired', 'client-unknown', 'oms-unavailable'],
    perAddress: devicesOfAnAddress,
  },
} as const satisfies Routes;
