import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(async () => {
  await server.stop();
});

/** What the server says to these bytes until it closes the connection. */
async function said(bytes: string): Promise<{ status: string; headers: string; body: unknown }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.end(bytes);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  const [head = '', body = ''] = Buffer.concat(parts).toString().split('\r\n\r\n');
  const [status = '', ...headers] = head.split('\r\n');
  return { status, headers: headers.join('\n'), body: JSON.parse(body) as unknown };
}

it.each([
  [
    'two lengths',
    'POST /api/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    '400',
  ],
  [
    'a length beside chunks',
    'POST /api/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    '400',
  ],
  ['no HTTP', 'good day\r\n\r\n', '400'],
  ['a header that is too long', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(70_000)}\r\n\r\n`, '431'],
])(
  'is refused in the agreed form, with every header, and its connection closed: %s',
  async (_what, bytes, status) => {
    const answer = await said(bytes);
    expect(answer.status).toContain(status);
    expect(answer.body).toEqual({
      code: 'bad-request',
      message: 'The request does not have the agreed form.',
    });
    expect(answer.headers).toContain('x-content-type-options: nosniff');
    expect(answer.headers).toContain('connection: close');
  },
);
