import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import type { BareAsks } from './asks.ts';
import { answerAsks } from './child.ts';
import { cpuUs, hostMs } from './host-time.ts';

/**
 * The reference at its best: nothing but `ws`, the bytes encoded once for all, no heartbeat, no rooms, nobody asked who
 * they are.
 */
let server: WebSocketServer | null = null;

answerAsks<BareAsks>({
  start: async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('ws listens nowhere.');
    return { url: `http://127.0.0.1:${address.port}` };
  },
  fanOut: ({ text }) => {
    const started = { atMs: hostMs(), cpuUs: cpuUs() };
    const bytes = Buffer.from(text);
    for (const socket of server?.clients ?? []) {
      if (socket.readyState === socket.OPEN) socket.send(bytes, { binary: false });
    }
    return started;
  },
  cpuUs,
});
