import { io } from 'socket.io-client';
import type { OpenSocket } from './link-ports.ts';

/** How long Socket.IO itself may take to open one connection. */
const openTimeoutMs = 8_000;

/**
 * Opens one Socket.IO connection by WebSocket. Reconnection is the line's own affair, on its own clock and with a fresh
 * token each time, so Socket.IO's is off; and each connection has its own manager, so that none outlives its socket.
 */
export const openSocketIo: OpenSocket = (address, handlers) => {
  const socket = io(address.url, {
    path: address.path,
    transports: ['websocket'],
    auth: { token: address.token },
    reconnection: false,
    forceNew: true,
    timeout: openTimeoutMs,
  });
  let over = false;
  const end = (tell: () => void) => {
    if (over) return;
    over = true;
    tell();
  };
  socket.on('connect', () => handlers.opened());
  socket.on('connect_error', (error: Error & { readonly data?: unknown }) =>
    end(() => handlers.refused(error.data)),
  );
  socket.on('disconnect', () => end(() => handlers.closed()));
  // Socket.IO closes by itself when the server's heartbeat stays away; a heartbeat that comes is a proof of life.
  socket.io.on('ping', () => handlers.heard());
  socket.onAny((name: string, payload: unknown) => {
    handlers.heard();
    handlers.event(name, payload);
  });
  return {
    send: (event, payload, answered) => {
      socket.emit(event, payload, (answer: unknown) => {
        handlers.heard();
        answered(answer);
      });
    },
    close: () => {
      over = true;
      socket.disconnect();
    },
  };
};
