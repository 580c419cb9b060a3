import * as z from 'zod/mini';
import {
  AddAdvisorRequest,
  AdvisorBoardQuery,
  AdvisorBoardReply,
  AdvisorParams,
  AdvisorReply,
  ChangeAdvisorRequest,
  StartCodeReply,
} from '../../../protocol/index.ts';
import type { Routes } from './route.ts';

const nothing = z.object({});

/** Of the people who sign in on tablets. */
export const advisorRoutes = {
  'advisor.board': {
    method: 'GET',
    path: '/api/advisors',
    summary: 'A boutique’s advisors, those who left included, with what each can sign in with.',
    caller: 'operator',
    query: AdvisorBoardQuery,
    reply: AdvisorBoardReply,
    refusals: ['not-found'],
  },
  'advisor.add': {
    method: 'POST',
    path: '/api/advisors',
    summary: 'Adds an advisor to a boutique. They sign in once they have been given a start code.',
    caller: 'operator',
    body: AddAdvisorRequest,
    reply: AdvisorReply,
    refusals: ['not-found', 'conflict'],
  },
  'advisor.change': {
    method: 'POST',
    path: '/api/advisors/:maisonId/:id/change',
    summary:
      'Changes an advisor’s name, title or languages, or moves them to another boutique of their Maison, where they sign in anew.',
    caller: 'operator',
    params: AdvisorParams,
    body: ChangeAdvisorRequest,
    reply: AdvisorReply,
    refusals: ['not-found', 'conflict'],
  },
  'advisor.start-code': {
    method: 'POST',
    path: '/api/advisors/:maisonId/:id/start-code',
    summary:
      'Makes a code by which an advisor chooses a PIN, once and within a day. Told this once; their old PIN stops at once.',
    caller: 'operator',
    params: AdvisorParams,
    reply: StartCodeReply,
    refusals: ['not-found', 'conflict'],
  },
  'advisor.lock-out': {
    method: 'POST',
    path: '/api/advisors/:maisonId/:id/lock-out',
    summary:
      'Ends an advisor’s sign-ins, PIN, passkeys and start code at once, until they are given another code.',
    caller: 'operator',
    params: AdvisorParams,
    reply: nothing,
    refusals: ['not-found', 'conflict'],
  },
  'advisor.remove': {
    method: 'POST',
    path: '/api/advisors/:maisonId/:id/remove',
    summary:
      'An advisor has left: locked out for good, and what they had taken on is their colleagues’. Sales keep their id.',
    caller: 'operator',
    params: AdvisorParams,
    reply: nothing,
    refusals: ['not-found', 'conflict'],
  },
  'advisor.erase': {
    method: 'POST',
    path: '/api/advisors/:maisonId/:id/erase',
    summary:
      'Forgets an advisor who has left: everything that named them names a new pseudonym, and records of their sales are signed anew.',
    caller: 'operator',
    params: AdvisorParams,
    reply: AdvisorReply,
    refusals: ['not-found', 'conflict'],
  },
} as const satisfies Routes;
