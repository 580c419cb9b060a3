import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod/mini';
import { omsCalls, type OmsCallName, type OmsConnector } from '../../../protocol/connector/index.ts';
import type { Clock } from '../../../server/core/clock.ts';
import { IdMapping, type IdNames } from '../../../server/oms/id-mapping.ts';
import { restPaths } from '../../../server/oms/rest/rest-calls.ts';
import { signatureHeaders, signedHeaders, verifySignature } from '../../../server/oms/rest/signing.ts';

/** How the house names what we name otherwise. */
export const houseNames: IdNames = {
  stores: { 'norde-marais': 'PAR 04', 'norde-mayfair': 'LON 01' },
  skus: { 'fjord-51.tortoise': 'NRD/FJ51/TRT' },
};

export const houseSecret = 'the-first-key-of-the-house-0123456789';

/** What the house does to the next request instead of answering it. */
export type Mischief = (request: IncomingMessage, response: ServerResponse) => void;

/** A house's own system behind HTTP, with its own names, which answers signed calls only. What it counts, `oms` counts. */
export class FakeHouse {
  readonly #server: Server;
  readonly #oms: OmsConnector;
  readonly #clock: Clock;
  readonly #mapping = new IdMapping(houseNames);
  /** Taken off the front, one per request. */
  readonly mischief: Mischief[] = [];
  readonly heard: { readonly call: OmsCallName; readonly id: string; readonly body: string }[] = [];
  secrets: readonly string[] = [houseSecret];
  isDown = false;
  #seq = 0;

  private constructor(oms: OmsConnector, clock: Clock) {
    this.#oms = oms;
    this.#clock = clock;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(oms: OmsConnector, clock: Clock): Promise<FakeHouse> {
    const house = new FakeHouse(oms, clock);
    await new Promise<void>((resolve) => house.#server.listen(0, '127.0.0.1', resolve));
    return house;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => void this.#server.close(resolve));
  }

  /** Tells a server of ours that something changed, as the house's webhook would. */
  async tell(serverUrl: string, maisonId: string, changes: { storeId: string; sku: string }[], seq?: number) {
    this.#seq = seq ?? this.#seq + 1;
    const body = JSON.stringify({ seq: this.#seq, changes: this.#mapping.outward(changes) });
    return await this.post(`${serverUrl}/api/oms/webhooks/${maisonId}`, body);
  }

  /** Sends a signed body; headers may be changed. */
  async post(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
    const { pathname: path, search } = new URL(url);
    const id = headers[signatureHeaders.id] ?? crypto.randomUUID();
    const call = { id, method: 'POST', path: `${path}${search}`, body };
    const signed = signedHeaders(this.secrets[0] ?? '', call, this.#clock.nowMs());
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed, ...headers },
      body,
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const send = (status: number, answer: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    };
    const verified = verifySignature(
      this.secrets,
      {
        timestamp: request.headers[signatureHeaders.timestamp],
        id: request.headers[signatureHeaders.id],
        signature: request.headers[signatureHeaders.signature],
        method: request.method ?? '',
        path: request.url ?? '',
        body,
      },
      this.#clock.nowMs(),
    );
    if (!verified.ok) return send(401, { message: 'not signed by a key of ours' });
    const call = (Object.keys(restPaths) as OmsCallName[]).find((name) => restPaths[name] === request.url);
    if (!call) return send(404, {});
    this.heard.push({ call, id: String(request.headers[signatureHeaders.id]), body });
    if (this.isDown) return send(503, {});
    const mischief = this.mischief.shift();
    if (mischief) return mischief(request, response);
    const message = z.parse(omsCalls[call].request, this.#mapping.inward(JSON.parse(body)));
    send(200, this.#mapping.outward(await this.#do(call, message)));
  }

  async #do(call: OmsCallName, message: unknown): Promise<unknown> {
    if (call === 'level') {
      const { storeId, sku } = z.parse(omsCalls.level.request, message);
      return await this.#oms.level(storeId, sku);
    }
    const run = this.#oms[call].bind(this.#oms) as (given: unknown) => Promise<unknown>;
    return await run(message);
  }
}
