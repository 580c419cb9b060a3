import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';

/**
 * A wire that can fail: a TCP proxy on the loopback. `holdStill` is a partition (nothing passes, nothing is told, bytes
 * wait as they would in a network that comes back); `cutAll` ends what is open, as a firewall that has forgotten does.
 * With several targets it is a balancer that takes the first that answers.
 */
export class FaultyLink {
  readonly port: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #targets: readonly number[] = [];
  #isStill = false;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
    server.on('connection', (near: Socket) => this.#join(near, this.#targets));
  }

  /** `targets` are ports of the loopback. */
  static async start(...targets: number[]): Promise<FaultyLink> {
    const server = createServer({ pauseOnConnect: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
    const link = new FaultyLink(server, address.port);
    link.aim(...targets);
    return link;
  }

  /** Where connections lead from now on. */
  aim(...targets: number[]): void {
    this.#targets = targets;
  }

  /** From now on nothing passes, in either direction, and nobody is told. */
  holdStill(): void {
    this.#isStill = true;
    for (const socket of this.#sockets()) socket.pause();
  }

  /** What was held back arrives. */
  passAgain(): void {
    this.#isStill = false;
    for (const socket of this.#sockets()) socket.resume();
  }

  /** Ends every connection without a closing word. */
  cutAll(): void {
    for (const socket of this.#sockets()) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cutAll();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #sockets(): Socket[] {
    return Array.from(this.#pairs).flat();
  }

  #join(near: Socket, [target, ...others]: readonly number[]): void {
    near.on('error', () => undefined);
    if (target === undefined) {
      near.destroy();
      return;
    }
    const far = createConnection({ host: '127.0.0.1', port: target });
    let isOpen = false;
    far.on('error', () => {
      if (isOpen) near.destroy();
      else this.#join(near, others);
    });
    far.once('connect', () => {
      isOpen = true;
      const pair = [near, far] as const;
      this.#pairs.add(pair);
      near.pipe(far);
      far.pipe(near);
      for (const [socket, peer] of [pair, [far, near] as const]) {
        socket.once('close', () => {
          this.#pairs.delete(pair);
          peer.destroy();
        });
        if (this.#isStill) socket.pause();
        else socket.resume();
      }
    });
  }
}
