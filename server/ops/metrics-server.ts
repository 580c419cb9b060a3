import { createServer, type Server } from 'node:http';
import process from 'node:process';
import { Gauge, Registry } from 'prom-client';
import { codeOf, ServerFault } from '../core/server-fault.ts';
import type { DatabaseKind } from '../persistence/migration.ts';
import { countingMeter } from './counters.ts';
import { readingGauges, type Readings } from './gauges.ts';
import type { Meter } from './meter.ts';
import { processGauges } from './process-gauges.ts';

/** Where metrics are told. It is a port of its own: who may look at a mirror may not look into the house. */
export interface MetricsAddress {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** The metrics of one server: a registry of its own, so that any number run in one process. */
export class Metrics {
  readonly meter: Meter;
  readonly #registry = new Registry();
  readonly #process: ReturnType<typeof processGauges>;
  #read: (() => Promise<void>) | null = null;
  #server: Server | null = null;

  constructor(build: { readonly version: string; readonly database: DatabaseKind }) {
    const info = new Gauge({
      name: 'vitrine_build_info',
      help: 'Always 1: what runs here.',
      labelNames: ['version', 'node', 'database'],
      registers: [this.#registry],
    });
    info.set({ version: build.version, node: process.versions.node, database: build.database }, 1);
    this.meter = countingMeter(this.#registry);
    this.#process = processGauges(this.#registry);
  }

  /** Says what is to be read at every look. Once. */
  watch(readings: Readings): void {
    this.#read = readingGauges(this.#registry, readings);
  }

  /** Everything in Prometheus' text format. */
  async text(): Promise<string> {
    this.#process.take();
    await this.#read?.();
    return await this.#registry.metrics();
  }

  /**
   * Begins to answer `GET /metrics`; gives the port.
   *
   * @throws {ServerFault} `metrics-port-unusable`
   */
  async listen({ host, port }: MetricsAddress): Promise<number> {
    const server = createServer((request, response) => {
      response.setHeader('cache-control', 'no-store');
      response.setHeader('x-content-type-options', 'nosniff');
      if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      this.text().then(
        (text) => response.writeHead(200, { 'content-type': this.#registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      });
    } catch (fault) {
      throw new ServerFault(
        'metrics-port-unusable',
        `Metrics cannot be told on ${host}, port ${port} (${codeOf(fault) ?? 'unknown'}).`,
        'Choose another port with METRICS_PORT, or METRICS_PORT=0 for none, and an address of this host with METRICS_HOST.',
        { cause: fault },
      );
    }
    this.#server = server;
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /** Ends the watch and hangs up. */
  async close(): Promise<void> {
    this.#process.stop();
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}
