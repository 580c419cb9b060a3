import * as z from 'zod/mini';
import {
  AdvisorBoardReply,
  AdvisorReply,
  type AddAdvisorRequest,
  type AdvisorParams,
  type ChangeAdvisorRequest,
} from '../../protocol/advisor.ts';
import type { AuditAction } from '../../protocol/audit.ts';
import { ActivationReply, ActivationsReply, type ActivationRequest } from '../../protocol/activation.ts';
import {
  AuditReply,
  ConsoleSessionReply,
  csrfHeader,
  DeviceBoardReply,
  EnrolmentReply,
  PasskeyBoardReply,
  OpenEnrolmentsReply,
  StockBoardReply,
  type ConsoleSignInRequest,
  type EnrolmentRequest,
} from '../../protocol/console.ts';
import { WireError, type Answer } from '../../protocol/errors.ts';
import {
  OperatorInvitationReply,
  OperatorPasskeyReply,
  OperatorPasskeysReply,
  OperatorQuestionReply,
  type MakeOperatorPasskeyRequest,
} from '../../protocol/operator-passkey.ts';
import { StartCodeReply } from '../../protocol/pin.ts';
import { OmsDeadLettersReply } from '../../protocol/oms.ts';
import { messageOf } from '../../sdk/core/vitrine-error.ts';

/** What to look for in the trail. */
export interface AuditFilter {
  readonly action: AuditAction | null;
  readonly store: string | null;
}

const nothing = z.unknown();

function advisorPath({ maisonId, id }: AdvisorParams, deed: string): string {
  return `/api/advisors/${maisonId}/${id}/${deed}`;
}

/** The console's side of the server. The session lives in a cookie that this page cannot read; of it, only `csrf` is known here. */
export type ConsoleClient = ReturnType<typeof createConsoleClient>;

/** Makes the client. Every refusal and every lost request comes back as an answer. */
export function createConsoleClient(ports: {
  readonly serverUrl: string;
  readonly fetch: typeof globalThis.fetch;
}) {
  let csrf = '';
  const ask = async <Reply extends z.core.$ZodType>(
    schema: Reply,
    path: string,
    init: { readonly method?: string; readonly body?: unknown } = {},
  ): Promise<Answer<z.output<Reply>>> => {
    const { method = 'GET', body } = init;
    try {
      const response = await ports.fetch(`${ports.serverUrl}${path}`, {
        method,
        headers: {
          ...(method !== 'GET' && { [csrfHeader]: csrf }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        credentials: 'same-origin',
        cache: 'no-store',
      });
      const received: unknown = await response.json();
      if (response.ok) return { ok: true, value: z.parse(schema, received) };
      return { ok: false, error: z.parse(WireError, received) };
    } catch (thrown) {
      return { ok: false, error: { code: 'unreachable', message: messageOf(thrown) } };
    }
  };
  const session = async (path: string, body?: unknown) => {
    const init = path.endsWith('/session') ? {} : { method: 'POST', body: body ?? {} };
    const answer = await ask(ConsoleSessionReply, path, init);
    if (answer.ok && answer.value.session) csrf = answer.value.session.csrf;
    return answer;
  };
  return {
    session: () => session('/api/console/session'),
    touch: () => session('/api/console/touch'),
    signIn: (request: ConsoleSignInRequest) => session('/api/console/sign-in', request),
    signOut: () => session('/api/console/sign-out'),
    passkeyQuestion: () =>
      ask(OperatorQuestionReply, '/api/console/passkeys/question', { method: 'POST', body: {} }),
    passkeyInvitation: () =>
      ask(OperatorInvitationReply, '/api/console/passkeys/invitation', { method: 'POST', body: {} }),
    makePasskey: (body: MakeOperatorPasskeyRequest) =>
      ask(OperatorPasskeyReply, '/api/console/passkeys', { method: 'POST', body }),
    ownPasskeys: () => ask(OperatorPasskeysReply, '/api/console/passkeys'),
    revokeOwnPasskey: (id: string) =>
      ask(nothing, `/api/console/passkeys/${id}/revoke`, { method: 'POST', body: {} }),
    devices: () => ask(DeviceBoardReply, '/api/devices'),
    enrol: (body: EnrolmentRequest) =>
      ask(EnrolmentReply, '/api/devices/enrolments', { method: 'POST', body }),
    revoke: (id: string) => ask(nothing, `/api/devices/${id}/revoke`, { method: 'POST', body: {} }),
    passkeys: () => ask(PasskeyBoardReply, '/api/passkeys'),
    revokePasskey: (id: string) => ask(nothing, `/api/passkeys/${id}/revoke`, { method: 'POST', body: {} }),
    advisors: (storeId: string) => ask(AdvisorBoardReply, `/api/advisors?store=${storeId}`),
    addAdvisor: (body: AddAdvisorRequest) => ask(AdvisorReply, '/api/advisors', { method: 'POST', body }),
    changeAdvisor: (whom: AdvisorParams, body: ChangeAdvisorRequest) =>
      ask(AdvisorReply, advisorPath(whom, 'change'), { method: 'POST', body }),
    makeStartCode: (whom: AdvisorParams) =>
      ask(StartCodeReply, advisorPath(whom, 'start-code'), { method: 'POST', body: {} }),
    lockAdvisorOut: (whom: AdvisorParams) =>
      ask(nothing, advisorPath(whom, 'lock-out'), { method: 'POST', body: {} }),
    removeAdvisor: (whom: AdvisorParams) =>
      ask(nothing, advisorPath(whom, 'remove'), { method: 'POST', body: {} }),
    eraseAdvisor: (whom: AdvisorParams) =>
      ask(AdvisorReply, advisorPath(whom, 'erase'), { method: 'POST', body: {} }),
    links: () => ask(OpenEnrolmentsReply, '/api/devices/enrolments'),
    withdrawLink: (id: string) =>
      ask(nothing, `/api/devices/enrolments/${id}/withdraw`, { method: 'POST', body: {} }),
    activations: () => ask(ActivationsReply, '/api/activations'),
    makeActivation: (body: ActivationRequest) =>
      ask(ActivationReply, '/api/activations', { method: 'POST', body }),
    endActivation: (id: string) =>
      ask(nothing, `/api/activations/${id}/revoke`, { method: 'POST', body: {} }),
    rotateTokenKey: () => ask(nothing, '/api/token-keys/rotate', { method: 'POST', body: {} }),
    stock: () => ask(StockBoardReply, '/api/stock/board'),
    letters: () => ask(OmsDeadLettersReply, '/api/oms/dead-letters'),
    replay: (id: string) => ask(nothing, `/api/oms/dead-letters/${id}/replay`, { method: 'POST', body: {} }),
    discard: (id: string) => ask(nothing, `/api/oms/dead-letters/${id}`, { method: 'DELETE' }),
    audit: ({ action, store }: AuditFilter, before: string | null) => {
      const query = new URLSearchParams();
      if (action) query.set('action', action);
      if (store) query.set('store', store);
      if (before) query.set('before', before);
      return ask(AuditReply, `/api/audit?${query.toString()}`);
    },
  };
}
