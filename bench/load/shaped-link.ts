import { createConnection, createServer, type Server, type Socket } from 'node:net';

/** A line to a server on this computer that is as slow as a shop's. */
export interface ShapedLink {
  readonly port: number;
  /** What came from the server since the line was opened, headers and all. */
  readonly bytesDown: () => number;
  /** Cuts every connection and takes none any more: whoever is behind it is offline. */
  readonly cut: () => Promise<void>;
}

/** One direction of the line, shared by all connections: what is sent waits for what was sent before it, and then travels. */
class Lane {
  readonly #bytesPerMs: number;
  readonly #travelMs: number;
  #freeAtMs = 0;

  constructor(bitsPerSecond: number, travelMs: number) {
    this.#bytesPerMs = bitsPerSecond / 8_000;
    this.#travelMs = travelMs;
  }

  /** Hands the bytes on when they would have arrived. */
  send(bytes: Buffer, to: Socket): void {
    const nowMs = performance.now();
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + bytes.byteLength / this.#bytesPerMs;
    setTimeout(() => to.writable && to.write(bytes), this.#freeAtMs + this.#travelMs - nowMs);
  }

  /** Ends the connection after what is still on its way. */
  end(to: Socket): void {
    setTimeout(() => to.end(), Math.max(0, this.#freeAtMs - performance.now()) + this.#travelMs);
  }
}

/**
 * Stands between a browser and a server: everything that the browser fetches, workers and service workers included, comes through it.
 * `roundTripMs` is shared by both directions; each carries `bitsPerSecond`.
 */
export async function openShapedLink(
  toPort: number,
  { bitsPerSecond, roundTripMs }: { readonly bitsPerSecond: number; readonly roundTripMs: number },
): Promise<ShapedLink> {
  const down = new Lane(bitsPerSecond, roundTripMs / 2);
  const up = new Lane(bitsPerSecond, roundTripMs / 2);
  const sockets = new Set<Socket>();
  let bytesDown = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A connection that a browser gives up is no fault of the line.
    socket.on('error', () => socket.destroy());
  };
  const server: Server = createServer((browser) => {
    const house = createConnection(toPort, '127.0.0.1');
    keep(browser);
    keep(house);
    browser.on('data', (bytes) => up.send(bytes, house));
    browser.on('end', () => up.end(house));
    house.on('data', (bytes) => {
      bytesDown += bytes.byteLength;
      down.send(bytes, browser);
    });
    house.on('end', () => down.end(browser));
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The line has no port.');
  return {
    port: address.port,
    bytesDown: () => bytesDown,
    cut: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => {
        server.close(closed);
      });
    },
  };
}
