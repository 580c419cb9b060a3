import { codeOf, ServerFault } from './core/server-fault.ts';
import type { Http } from './http/create-http.ts';
import type { ServerConfig } from './server-config.ts';

/**
 * Has the HTTP server listen; returns its own address, without a slash at the end.
 *
 * @throws {ServerFault} `port-taken`, `address-unusable`
 */
export async function listen(http: Http, { port, host, tls }: ServerConfig): Promise<string> {
  try {
    await http.listen({ port, host });
  } catch (fault) {
    const code = codeOf(fault);
    if (code === 'EADDRINUSE') {
      throw new ServerFault(
        'port-taken',
        `Port ${port} is taken by another program.`,
        'Stop that program, or choose another port with PORT.',
        { cause: fault },
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new ServerFault(
        'address-unusable',
        `This host does not let the server listen on ${host}, port ${port} (${code}).`,
        'Choose a port above 1023 with PORT, and an address of this host with VITRINE_HOST.',
        { cause: fault },
      );
    }
    throw fault;
  }
  const address = http.server.address();
  const listening = typeof address === 'object' && address ? address.port : port;
  const name = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  return `${tls ? 'https' : 'http'}://${name}:${listening}`;
}
