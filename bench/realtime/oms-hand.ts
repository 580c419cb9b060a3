import * as z from 'zod/mini';
import { OmsLevelsReply, OmsSetLevelReply } from '../../protocol/index.ts';
import type { RevisionOf } from './asks.ts';

/** The staff's hand on the embedded OMS of a running server, over HTTP. */
export class OmsHand {
  readonly #url: string;
  readonly #operatorToken: string;

  constructor({ url, operatorToken }: { readonly url: string; readonly operatorToken: string }) {
    this.#url = url;
    this.#operatorToken = operatorToken;
  }

  /** A Maison's levels as they stand. */
  async levels(maisonId: string): Promise<readonly RevisionOf[]> {
    const { levels } = z.parse(OmsLevelsReply, await this.#ask());
    return levels.filter((level) => level.maisonId === maisonId);
  }

  /** Counts a piece anew; resolves when the OMS has said yes. */
  async count({ storeId, sku, onHand }: { storeId: string; sku: string; onHand: number }): Promise<void> {
    z.parse(OmsSetLevelReply, await this.#ask(JSON.stringify({ storeId, sku, onHand })));
  }

  /** Sets a level where there is a body, else reads all. */
  async #ask(body?: string): Promise<unknown> {
    const headers = {
      authorization: `Bearer ${this.#operatorToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const init = body === undefined ? { headers } : { method: 'POST', headers, body };
    return await (await fetch(`${this.#url}/api/oms/levels`, init)).json();
  }
}
