import type { IncomingMessage } from 'node:http';
import { refuse } from '../core/answers.ts';
import { securityHeaders } from '../http/security-headers.ts';

/** Plain requests at the socket's address get the same headers and the same kind of error as everywhere. */
export function onlyWebSockets(
  request: IncomingMessage,
  response: {
    setHeader(name: string, value: string): unknown;
    statusCode: number;
    end(body: string): unknown;
  },
  next: () => void,
): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  if (request.headers.upgrade?.toLowerCase() === 'websocket') {
    next();
    return;
  }
  response.statusCode = 400;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(refuse('bad-request', 'This address speaks WebSocket only.').error));
}
