import * as z from 'zod/mini';
import {
  ActivationId,
  ActivationReply,
  ActivationRequest,
  ActivationsReply,
} from '../../../protocol/index.ts';
import type { Routes } from './route.ts';

const ActivationParams = z.object({ id: ActivationId });
const nothing = z.object({});

/** Of agencies’ activations. */
export const activationRoutes = {
  'activation.list': {
    method: 'GET',
    path: '/api/activations',
    summary: 'Agencies’ activations, with how many browsers are there.',
    caller: 'operator',
    reply: ActivationsReply,
    refusals: [],
  },
  'activation.make': {
    method: 'POST',
    path: '/api/activations',
    summary:
      'Makes an agency’s activation for one boutique: its origins, its time, its scope and its places.',
    caller: 'operator',
    body: ActivationRequest,
    reply: ActivationReply,
    refusals: ['not-found', 'conflict'],
  },
  'activation.revoke': {
    method: 'POST',
    path: '/api/activations/:id/revoke',
    summary: 'Ends an activation; its browsers are sent away within seconds.',
    caller: 'operator',
    params: ActivationParams,
    reply: nothing,
    refusals: ['not-found'],
  },
} as const satisfies Routes;
