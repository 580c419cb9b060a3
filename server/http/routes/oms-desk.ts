import * as z from 'zod/mini';
import {
  OmsDeadLettersReply,
  OmsLevelsReply,
  OmsSetLevelReply,
  OmsSetLevelRequest,
  StockFeedsReply,
  StockRule,
  StockRulesReply,
} from '../../../protocol/index.ts';
import type { Routes } from './route.ts';

const LetterParams = z.object({ id: z.string().check(z.regex(/^[\w-]{8,64}$/)) });
const nothing = z.object({});

/** Of the operator’s desk over the order-management systems. */
export const omsDeskRoutes = {
  'oms.levels': {
    method: 'GET',
    path: '/api/oms/levels',
    summary: 'What each Maison’s order-management system counts, as it was read last.',
    caller: 'operator',
    reply: OmsLevelsReply,
    refusals: [],
  },
  'oms.set-level': {
    method: 'POST',
    path: '/api/oms/levels',
    summary: 'Sets what the embedded order-management system counts; a house’s own is set in the house.',
    caller: 'operator',
    body: OmsSetLevelRequest,
    reply: OmsSetLevelReply,
    refusals: ['not-found', 'unknown-sku'],
  },
  'oms.feeds': {
    method: 'GET',
    path: '/api/oms/feeds',
    summary: 'How each Maison’s stock feed fares.',
    caller: 'operator',
    reply: StockFeedsReply,
    refusals: [],
  },
  'oms.rules': {
    method: 'GET',
    path: '/api/oms/rules',
    summary: 'What each boutique keeps back from what is offered.',
    caller: 'operator',
    reply: StockRulesReply,
    refusals: [],
  },
  'oms.set-rule': {
    method: 'POST',
    path: '/api/oms/rules',
    summary: 'Sets what a boutique keeps back, of one SKU or of each that has no rule of its own.',
    caller: 'operator',
    body: StockRule,
    reply: StockRule,
    refusals: ['not-found', 'unknown-sku'],
  },
  'oms.dead-letters': {
    method: 'GET',
    path: '/api/oms/dead-letters',
    summary: 'What could not be delivered to a house’s system or could not be read from one, the oldest 200.',
    caller: 'operator',
    reply: OmsDeadLettersReply,
    refusals: [],
  },
  'oms.replay-letter': {
    method: 'POST',
    path: '/api/oms/dead-letters/:id/replay',
    summary: 'Tries a dead letter again.',
    caller: 'operator',
    params: LetterParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'oms.discard-letter': {
    method: 'DELETE',
    path: '/api/oms/dead-letters/:id',
    summary: 'Forgets a dead letter.',
    caller: 'operator',
    params: LetterParams,
    reply: nothing,
    refusals: ['not-found'],
  },
} as const satisfies Routes;
