import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { securityHeaders } from './security-headers.ts';
import { statusOf, wireErrorOf } from './wire-errors.ts';

/** Statuses that Node's parser means by its faults; every other one is a request without the form of HTTP. */
const statusOfFault: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Answers what was no request by the parser's rules (two lengths, a header without end, bytes that are no HTTP) in the same form as
 * every other refusal, and closes the connection: nobody can tell where its next request would begin.
 */
export function answerUnreadable(fault: Error & { code?: string }, socket: Socket): void {
  if (fault.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(fault);
    return;
  }
  const statusCode = statusOfFault[fault.code ?? ''] ?? statusOf['bad-request'];
  const body = JSON.stringify(wireErrorOf({ statusCode }));
  const headers = {
    ...securityHeaders,
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ''}\r\n`;
  socket.end(`${status}${head.join('')}\r\n${body}`, () => socket.destroy());
}
