import * as z from 'zod/mini';
import { RuntimeConfig } from '../../../protocol/index.ts';
import type { Routes } from './route.ts';

const Document = z.record(z.string(), z.unknown());

/** Asked by whoever comes, before they are anybody. */
export const openRoutes = {
  'config.read': {
    method: 'GET',
    path: '/api/config',
    summary: 'What a screen needs before it is enrolled. Any origin may read it; it holds nothing secret.',
    caller: 'anyone',
    reply: RuntimeConfig,
    refusals: [],
  },
  'contract.openapi': {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This document.',
    caller: 'anyone',
    reply: Document,
    refusals: ['not-found'],
  },
  'contract.asyncapi': {
    method: 'GET',
    path: '/api/asyncapi.json',
    summary: 'The contract of the socket, as AsyncAPI.',
    caller: 'anyone',
    reply: Document,
    refusals: ['not-found'],
  },
} as const satisfies Routes;
