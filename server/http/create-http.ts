import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
} from 'fastify';
import type { Logger } from 'pino';
import type { Answer } from '../../protocol/index.ts';
import { pathOf } from '../core/redact.ts';
import { codeOf } from '../core/server-fault.ts';
import { databaseRefusal } from '../persistence/database-away.ts';
import { isShared, securityHeaders } from './security-headers.ts';
import { answerUnreadable } from './unreadable-request.ts';
import { statusOf, wireErrorOf } from './wire-errors.ts';

/** Fastify over HTTP or HTTPS. */
export type Http = FastifyInstance<HttpServer | HttpsServer>;

const defaultMaxBodyBytes = 64 * 1024;

/** A small body arrives at once; a slow one is somebody who holds connections. */
const requestTimeoutMs = 30_000;

/** The HTTP server with what holds for every response: headers, and errors as `WireError` JSON. */
export function createHttp(options: {
  log: Logger;
  maxBodyBytes: number | undefined;
  tls: { readonly cert: string; readonly key: string } | undefined;
  /** Proxies whose `X-Forwarded-For` is believed: how many, or which. Anybody else could write any address there. */
  trustProxy?: number | readonly string[] | undefined;
  /** Names a request in every line of the log that tells of it, and in the answer's `x-request-id`. */
  requestId: () => string;
}): Http {
  const loggerInstance: FastifyBaseLogger = options.log;
  const shared = {
    loggerInstance,
    // An id that the peer chose could be anybody's, or hold anything.
    requestIdHeader: false as const,
    genReqId: options.requestId,
    trustProxy: trusted(options.trustProxy),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.maxBodyBytes ?? defaultMaxBodyBytes,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: true,
    clientErrorHandler: answerUnreadable,
    // An address that cannot even be read is answered before any hook runs.
    frameworkErrors: (fault: Error & { statusCode?: number }, _request: unknown, reply: FastifyReply) => {
      const error = wireErrorOf(fault);
      void reply.headers(securityHeaders).code(statusOf[error.code]).send(error);
    },
  };
  const http = (options.tls
    ? fastify({ ...shared, https: { cert: options.tls.cert, key: options.tls.key } })
    : fastify(shared)) as unknown as Http;

  http.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders).header('x-request-id', request.id);
    if (!isShared(request.url)) return;
    reply.header('access-control-allow-origin', '*');
    reply.header('cross-origin-resource-policy', 'cross-origin');
  });
  http.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime);
    const path = pathOf(request.url);
    request.log.debug({ method: request.method, path, status: reply.statusCode, ms }, 'answered');
  });
  http.setNotFoundHandler(async (_request, reply) => {
    // A file's route may have said what the file would be.
    await reply
      .code(404)
      .type('application/json; charset=utf-8')
      .send(wireErrorOf({ statusCode: 404 }));
  });
  http.setErrorHandler(async (fault: Error & { statusCode?: number; code?: string }, request, reply) => {
    const away = databaseRefusal(fault);
    if (away) {
      request.log.warn(
        { fault: codeOf(fault), path: pathOf(request.url) },
        'the database does not take a request',
      );
      const { retryAfterMs } = away.error;
      if (retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(retryAfterMs / 1_000));
      await reply.code(statusOf[away.error.code]).header('cache-control', 'no-store').send(away.error);
      return;
    }
    const error = wireErrorOf(fault);
    if (error.code === 'internal')
      request.log.error({ err: fault, path: pathOf(request.url) }, 'request failed');
    await reply.code(statusOf[error.code]).send(error);
  });
  return http;
}

/** What Fastify is told: it believes nobody by a number alone, since who reaches the server directly could write one hop more. */
function trusted(proxies: number | readonly string[] | undefined) {
  if (proxies === undefined) return false;
  if (typeof proxies === 'number') return (_address: string, hop: number) => hop < proxies;
  return [...proxies];
}

/** An answer as HTTP says it: the value, or the refusal with its status. */
export function httpAnswer<Value>(answer: Answer<Value>): { status: number; body: unknown } {
  return answer.ok
    ? { status: 200, body: answer.value }
    : { status: statusOf[answer.error.code], body: answer.error };
}
