import os from 'node:os';

/** Under which names and addresses others on the network reach this machine. */
export interface LanHosts {
  /** The one for links and QR codes: an address, since a tablet may not resolve this machine's name. */
  readonly preferred: string;
  /** All that the certificate must cover. */
  readonly all: readonly string[];
}

/** What is needed of `node:os`. */
type Host = Pick<typeof os, 'hostname' | 'networkInterfaces'>;

/**
 * This machine's names and IPv4 addresses. Link-local addresses are left out, since they change, and bridges of container
 * engines come last: no tablet is behind one.
 */
export function lanHosts(host: Host = os): LanHosts {
  const addresses = Object.entries(host.networkInterfaces())
    .flatMap(([name, infos = []]) => infos.map((info) => ({ name, ...info })))
    .filter(
      ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
    )
    .toSorted((one, other) => Number(isBridge(one.name)) - Number(isBridge(other.name)))
    .map(({ address }) => address);
  const name = host.hostname().toLowerCase();
  const names = /^[a-z0-9.-]+$/.test(name) ? [name, ...(name.includes('.') ? [] : [`${name}.local`])] : [];
  return {
    preferred: addresses[0] ?? 'localhost',
    all: [...new Set(['localhost', '127.0.0.1', '::1', ...names, ...addresses])],
  };
}

function isBridge(name: string): boolean {
  return /^(?:docker|br-|veth|virbr|cni|podman)/.test(name);
}
