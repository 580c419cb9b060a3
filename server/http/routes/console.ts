import { ConsoleSessionReply, ConsoleSignInRequest } from '../../../protocol/index.ts';
import { signInsOfAnAddress } from './bounds.ts';
import type { Routes } from './route.ts';

/** Of a console’s sign-in. */
export const consoleRoutes = {
  'console.session': {
    method: 'GET',
    path: '/api/console/session',
    summary: 'Who is signed in by the cookie of the console; null: nobody.',
    caller: 'anyone',
    reply: ConsoleSessionReply,
    refusals: [],
  },
  'console.touch': {
    method: 'POST',
    path: '/api/console/touch',
    summary: 'Keeps a session from ending: somebody did something. Carries the session’s CSRF header.',
    caller: 'anyone',
    reply: ConsoleSessionReply,
    refusals: ['unauthenticated', 'forbidden'],
  },
  'console.sign-in': {
    method: 'POST',
    path: '/api/console/sign-in',
    summary: 'Exchanges a proof for a session in a cookie that no script can read.',
    caller: 'anyone',
    body: ConsoleSignInRequest,
    reply: ConsoleSessionReply,
    headers: { 'set-cookie': 'The session’s secret: HttpOnly, SameSite=Strict, Secure over HTTPS.' },
    refusals: ['unauthenticated', 'forbidden', 'code-locked', 'passkey-refused', 'not-found'],
    perAddress: signInsOfAnAddress,
  },
  'console.sign-out': {
    method: 'POST',
    path: '/api/console/sign-out',
    summary: 'Ends the session and takes its cookie back. Carries the session’s CSRF header.',
    caller: 'anyone',
    reply: ConsoleSessionReply,
    headers: { 'set-cookie': 'An empty cookie.' },
    refusals: ['forbidden'],
  },
} as const satisfies Routes;
