import type { Socket } from 'socket.io';

/** Bytes that may wait for one socket. A snapshot of a boutique is far below; who reads so slowly reads its log instead. */
export const mostWaitingBytes = 1024 * 1024;

/** How often the sockets are looked at. What comes in between is bounded by what coalescing lets through. */
export const lookEveryMs = 1_000;

/** Only the parts of a socket that are looked at. */
type Looked = Pick<Socket, 'conn' | 'request'>;

/** Bytes that the server holds for a socket because its peer does not read. */
export function waitingBytes({ conn, request }: Looked): number {
  // Engine.IO keeps what its transport cannot take yet, and Node what the kernel cannot take yet.
  const packets = conn['writeBuffer'] as readonly { readonly data?: string | Uint8Array }[];
  const inEngine = packets.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  return inEngine + request.socket.writableLength;
}

/**
 * Cuts a socket whose peer does not read. Closing it in good order would wait for the very bytes that are not read; the
 * device comes back with its cursors and misses nothing.
 */
export function cut({ request }: Looked): void {
  request.socket.destroy();
}
