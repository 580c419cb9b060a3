import { createServer } from 'node:net';
import { CommandError } from '../support/command-error.ts';

/**
 * Makes sure that a port may be listened on, before anything is built, emptied or opened for it.
 *
 * @throws {CommandError} `port-taken`, `address-unusable`
 */
export async function demandFreePort(port: number, host: string): Promise<void> {
  try {
    await bind(port, host);
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new CommandError(
        'port-taken',
        `Port ${port} is taken by another program.`,
        'Stop that program, or choose another port, for example PORT=8081.',
        { cause: fault },
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new CommandError(
        'address-unusable',
        `This host does not let the server listen on ${host}, port ${port} (${code}).`,
        'Choose a port above 1023 with PORT.',
        { cause: fault },
      );
    }
    throw fault;
  }
}

/** A port of this host that nobody listens on. */
export function anyFreePort(host: string): Promise<number> {
  return bind(0, host);
}

/** Listens for a moment; returns the port. */
function bind(port: number, host: string): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen({ port, host }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
