import * as z from 'zod/mini';
import { WireError, type Answer } from '../../protocol/errors.ts';
import type { Sku, StoreId } from '../../protocol/ids.ts';
import { OmsLevelsReply, OmsSetLevelReply, type OmsLevelRow } from '../../protocol/oms.ts';
import { messageOf } from '../../sdk/core/vitrine-error.ts';

/** The embedded OMS over HTTP, as a console of one house may use it. */
export interface OmsClient {
  levels(): Promise<Answer<readonly OmsLevelRow[]>>;
  set(storeId: StoreId, sku: Sku, onHand: number): Promise<Answer<OmsLevelRow>>;
}

/** Makes the client. `token` gives a device token that is good for the next request. */
export function createOmsClient(ports: {
  readonly serverUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly token: () => Promise<Answer<string>>;
}): OmsClient {
  const address = `${ports.serverUrl}/api/oms/levels`;
  const ask = async <Reply extends z.core.$ZodType>(
    schema: Reply,
    init: RequestInit,
  ): Promise<Answer<z.infer<Reply>>> => {
    const token = await ports.token();
    if (!token.ok) return token;
    const headers = { authorization: `Bearer ${token.value}`, 'content-type': 'application/json' };
    try {
      const response = await ports.fetch(address, { ...init, headers, cache: 'no-store' });
      const received: unknown = await response.json();
      if (response.ok) return { ok: true, value: z.parse(schema, received) };
      return { ok: false, error: z.parse(WireError, received) };
    } catch (thrown) {
      return { ok: false, error: { code: 'unreachable', message: messageOf(thrown) } };
    }
  };
  return {
    async levels() {
      const answer = await ask(OmsLevelsReply, { method: 'GET' });
      return answer.ok ? { ok: true, value: answer.value.levels } : answer;
    },
    async set(storeId, sku, onHand) {
      const body = JSON.stringify({ storeId, sku, onHand });
      const answer = await ask(OmsSetLevelReply, { method: 'POST', body });
      return answer.ok ? { ok: true, value: answer.value.level } : answer;
    },
  };
}
