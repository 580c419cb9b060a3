import { createServer } from 'node:http';
import process from 'node:process';
import { WebSocket, WebSocketServer } from 'ws';
import { serveParent } from './child-link.ts';

/** The reference: bare ws. What is posted to it goes to every socket, as it is. */
const http = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts).toString('utf8');
    for (const socket of sockets.clients) if (socket.readyState === WebSocket.OPEN) socket.send(text);
    response.end('{}');
  });
});
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  serveParent({ url: `http://127.0.0.1:${port}`, enrolmentCode: '', operatorToken: '' }, () =>
    process.exit(0),
  );
});
