import * as z from 'zod/mini';
import {
  MakeOperatorPasskeyRequest,
  OperatorInvitationReply,
  OperatorPasskeyReply,
  OperatorPasskeysReply,
  OperatorQuestionReply,
  PasskeyId,
} from '../../../protocol/index.ts';
import { signInsOfAnAddress } from './bounds.ts';
import type { Routes } from './route.ts';

const PasskeyParams = z.object({ id: PasskeyId });

/** Of the operator’s own passkeys. */
export const operatorPasskeyRoutes = {
  'operator-passkey.question': {
    method: 'POST',
    path: '/api/console/passkeys/question',
    summary: 'Puts a question to the operator’s passkey; its answer signs in at `/api/console/sign-in`.',
    caller: 'anyone',
    reply: OperatorQuestionReply,
    refusals: ['not-found'],
    perAddress: signInsOfAnAddress,
  },
  'operator-passkey.list': {
    method: 'GET',
    path: '/api/console/passkeys',
    summary: 'The operator’s own passkeys; a console has none.',
    caller: 'operator',
    reply: OperatorPasskeysReply,
    refusals: [],
  },
  'operator-passkey.invite': {
    method: 'POST',
    path: '/api/console/passkeys/invitation',
    summary:
      'What a new passkey is made from, in a session that the operator’s token opened within ten minutes.',
    caller: 'operator',
    reply: OperatorInvitationReply,
    refusals: ['not-found', 'conflict'],
  },
  'operator-passkey.make': {
    method: 'POST',
    path: '/api/console/passkeys',
    summary: 'Keeps a new passkey’s public half, in the session that was invited to make it.',
    caller: 'operator',
    body: MakeOperatorPasskeyRequest,
    reply: OperatorPasskeyReply,
    refusals: ['not-found', 'passkey-refused'],
  },
  'operator-passkey.revoke': {
    method: 'POST',
    path: '/api/console/passkeys/:id/revoke',
    summary: 'Takes a passkey of the operator’s back for good; whoever it signed in is signed out at once.',
    caller: 'operator',
    params: PasskeyParams,
    reply: z.object({}),
    refusals: ['not-found'],
  },
} as const satisfies Routes;
