import * as z from 'zod/mini';
import {
  AttributionKeys,
  MaisonId,
  PhoneListRequest,
  TakeawayReply,
  TakeawayRequest,
  WishListReply,
  WishListRequest,
} from '../../../protocol/index.ts';
import { ClosingBody, ClosingReply } from '../../sale/attribution-desk.ts';
import { devicesOfAnAddress, listsOfAMaison, listsOfAnAddress, oneHouse, oneStranger } from './bounds.ts';
import { HouseParams } from './house.ts';
import type { Routes } from './route.ts';

/** Of what follows a sale: who is credited, and the appointment that a client takes along. */
export const saleRoutes = {
  'attribution.keys': {
    method: 'GET',
    path: '/api/attributions/:maisonId/keys.json',
    summary: 'The public keys of a house’s attribution records, as a JSON Web Key Set (RFC 7517).',
    caller: 'anyone',
    params: z.object({ maisonId: MaisonId }),
    reply: AttributionKeys,
    refusals: ['not-found'],
    perAddress: devicesOfAnAddress,
  },
  'attribution.close': {
    method: 'POST',
    path: '/api/attributions/:maisonId',
    summary:
      'A house’s system tells of an order that closed elsewhere, online included; its signed attribution is given.',
    caller: 'house',
    params: HouseParams,
    body: ClosingBody,
    reply: ClosingReply,
    refusals: ['not-found', 'conflict'],
    perAddress: oneStranger,
    perHouse: oneHouse,
  },
  'wish-list.make': {
    method: 'POST',
    path: '/api/wishlists/:maisonId',
    summary:
      'A house’s own page brings a client’s list to its boutiques: the text of a QR code that a mirror or an advisor’s tablet reads.',
    caller: 'house',
    params: HouseParams,
    body: WishListRequest,
    reply: WishListReply,
    refusals: ['not-found', 'unknown-sku', 'conflict'],
    perAddress: oneStranger,
    perHouse: oneHouse,
  },
  'wish-list.phone': {
    method: 'POST',
    path: '/api/wishlists/:maisonId/phone',
    summary:
      'A client makes their own list on their phone, of pieces of the public catalogue; good for a week.',
    caller: 'anyone',
    params: HouseParams,
    body: PhoneListRequest,
    reply: WishListReply,
    refusals: ['not-found', 'unknown-sku', 'conflict'],
    perAddress: listsOfAnAddress,
    perMaison: listsOfAMaison,
    maxBodyBytes: 4 * 1024,
  },
  'appointment.take': {
    method: 'POST',
    path: '/api/appointments/take',
    summary: 'A client’s phone takes an appointment by the mark on the screen, as iCalendar (RFC 5545).',
    caller: 'anyone',
    body: TakeawayRequest,
    reply: TakeawayReply,
    refusals: ['code-unknown'],
    perAddress: devicesOfAnAddress,
  },
} as const satisfies Routes;
