import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import type { Answer } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { parseWith } from '../core/parse.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { Delivery, Inbox, Signed } from '../oms/inbox.ts';
import { signatureHeaders } from '../oms/rest/signing.ts';
import { httpAnswer, type Http } from './create-http.ts';
import { orUnavailable, scopeOf, within, type Scope, type ScopeDeps } from './operator-scope.ts';
import { routeOf, type RouteName, type routes } from './route-table.ts';
import type { Route } from './routes/route.ts';

type Row<Name extends RouteName> = (typeof routes)[Name];

/** What a row's schema gives; undefined where the row has none. */
type Given<Name extends RouteName, Part extends string> =
  Row<Name> extends { readonly [Key in Part]: infer Schema extends z.core.$ZodType }
    ? z.output<Schema>
    : undefined;

/** Who called: whose affairs the operator may see, or a house's message, whose signature was good, as it was sent. */
type From<Name extends RouteName> = Row<Name>['caller'] extends 'operator'
  ? { readonly scope: Scope }
  : Row<Name>['caller'] extends 'house'
    ? { readonly signed: Signed; readonly text: string }
    : object;

/** One call that has the agreed form. A house's body is in `text`, byte for byte. */
export type RouteCall<Name extends RouteName> = From<Name> & {
  readonly params: Given<Name, 'params'>;
  readonly query: Given<Name, 'query'>;
  readonly body: Row<Name>['caller'] extends 'house' ? undefined : Given<Name, 'body'>;
  /** For what is said in headers and is no part of the row: a cookie, an address. */
  readonly request: FastifyRequest;
  /** For headers that go with the answer. */
  readonly reply: FastifyReply;
};

/** What a route does, once who calls and what they say are known to be good. */
export type RouteWork<Name extends RouteName> = (
  call: RouteCall<Name>,
) => Promise<Answer<z.output<Row<Name>['reply']>>>;

/** What every route needs to know who calls, and how often. */
export interface RouteDeps extends ScopeDeps {
  readonly inbox: Pick<Inbox, 'verify'>;
  readonly http: Http;
  readonly clock: Clock;
}

interface AnyCall {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly scope?: Scope;
  readonly signed?: Signed;
  readonly text?: string;
}

/** Serves the rows of the route table: for each the same order of rate, right, form and work. */
export class Routes {
  readonly #deps: RouteDeps;

  constructor(deps: RouteDeps) {
    this.#deps = deps;
  }

  /** Serves one row. */
  serve<Name extends RouteName>(name: Name, work: RouteWork<Name>): void {
    const row = routeOf(name);
    const { http } = this.#deps;
    // The row says what the call holds, which TypeScript cannot follow through the table.
    const handler = this.#handler(row, work as unknown as (call: AnyCall) => Promise<Answer<unknown>>);
    if (row.caller !== 'house') {
      register(http, row, handler);
      return;
    }
    void http.register(async (scope) => {
      // The signature is over the very bytes, so they are not parsed before it was checked.
      scope.removeAllContentTypeParsers();
      const { maxBodyBytes: bodyLimit } = row;
      const options = { parseAs: 'string', ...(bodyLimit !== undefined && { bodyLimit }) } as const;
      scope.addContentTypeParser('*', options, (_request, body, next) => next(null, body));
      register(scope, row, handler);
    });
  }

  #handler(row: Route, work: (call: AnyCall) => Promise<Answer<unknown>>): Handler {
    const addresses = row.perAddress && new TokenBuckets(this.#deps.clock, row.perAddress);
    const houses = row.perHouse && new TokenBuckets(this.#deps.clock, row.perHouse);
    const maisons = row.perMaison && new TokenBuckets(this.#deps.clock, row.perMaison);
    const devices = row.perDevice && new TokenBuckets(this.#deps.clock, row.perDevice);
    const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<Answer<unknown>> => {
      // Whom a house's signature does not name is limited by address, like everybody; a house by its name.
      const isHouse = row.caller === 'house';
      const addressWaitMs = isHouse ? 0 : (addresses?.take(request.ip) ?? 0);
      if (addressWaitMs > 0) return tooMany(addressWaitMs);
      const from = await this.#from(row, request);
      const signed = from.ok ? from.value.signed : undefined;
      const senderWaitMs = signed
        ? houses?.take(signed.house.maisonId)
        : isHouse && addresses?.take(request.ip);
      if (senderWaitMs) return tooMany(senderWaitMs);
      if (!from.ok) return from;
      const params = parsed(row.params, request.params, 'The address');
      if (!params.ok) return params;
      const query = parsed(row.query, request.query, 'The query');
      if (!query.ok) return query;
      const body = parsed(row.caller === 'house' ? undefined : row.body, request.body, 'The request');
      if (!body.ok) return body;
      const maisonId = maisonOf(params.value);
      const maisonWaitMs = maisonId === null ? 0 : (maisons?.take(maisonId) ?? 0);
      if (maisonWaitMs > 0) return tooMany(maisonWaitMs);
      const deviceId = deviceOf(body.value);
      const deviceWaitMs = deviceId === null ? 0 : (devices?.take(deviceId) ?? 0);
      if (deviceWaitMs > 0) return tooMany(deviceWaitMs);
      const given = { params: params.value, query: query.value, body: body.value };
      const call = { ...given, request, reply, ...from.value };
      const { scope } = call;
      return await orUnavailable(() => (scope ? within(scope, () => work(call)) : work(call)));
    };
    return async (request, reply) => {
      const result = await answer(request, reply);
      const { status, body } = httpAnswer(result);
      if (!result.ok && result.error.retryAfterMs !== undefined) {
        reply.header('retry-after', Math.ceil(result.error.retryAfterMs / 1_000));
      }
      const code = result.ok ? (row.status ?? status) : status;
      await reply.header('cache-control', 'no-store').code(code).send(body);
    };
  }

  async #from(
    { caller }: Route,
    request: FastifyRequest,
  ): Promise<Answer<Pick<AnyCall, 'scope' | 'signed' | 'text'>>> {
    switch (caller) {
      case 'anyone':
        return done({});
      case 'operator': {
        const scope = await scopeOf(this.#deps, request);
        return scope.ok ? done({ scope: scope.value }) : scope;
      }
      case 'house': {
        const delivery = deliveryOf(request);
        const signed = this.#deps.inbox.verify(delivery);
        return signed.ok ? done({ signed: signed.value, text: delivery.body }) : signed;
      }
    }
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

function register(
  http: Http | FastifyInstance,
  { method, path: url, maxBodyBytes }: Route,
  handler: Handler,
) {
  http.route({ method, url, ...(maxBodyBytes !== undefined && { bodyLimit: maxBodyBytes }), handler });
}

function parsed(schema: z.core.$ZodType | undefined, value: unknown, what: string): Answer<unknown> {
  return schema ? parseWith(schema, value, what) : done(undefined);
}

function tooMany(retryAfterMs: number) {
  return refuse('rate-limited', 'Too many requests.', { retryAfterMs });
}

function deviceOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('deviceId' in body)) return null;
  return typeof body.deviceId === 'string' ? body.deviceId : null;
}

function maisonOf(params: unknown): string | null {
  if (typeof params !== 'object' || params === null || !('maisonId' in params)) return null;
  return typeof params.maisonId === 'string' ? params.maisonId : null;
}

function deliveryOf(request: FastifyRequest): Delivery {
  const { params, headers, method, url, body } = request;
  return {
    maisonId: maisonOf(params),
    timestamp: headers[signatureHeaders.timestamp],
    id: headers[signatureHeaders.id],
    signature: headers[signatureHeaders.signature],
    method,
    path: url,
    body: typeof body === 'string' ? body : '',
  };
}
