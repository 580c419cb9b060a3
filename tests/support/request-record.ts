import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import * as z from 'zod';

/**
 * Where Chromium itself calls, whatever a page does; a request of a page, a worker or a service worker names the origin
 * it began at, and these name none.
 */
const browsersOwn = [
  'update.googleapis.com',
  'accounts.google.com',
  'clients2.google.com',
  // Autofill asks what the fields of a form may mean; a boutique's policy turns it off.
  'content-autofill.googleapis.com',
];

const NetLog = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(
    z.object({
      type: z.number(),
      params: z.object({ url: z.string(), initiator: z.string() }).partial().optional(),
    }),
  ),
});

/** Everything a browser asked the network for. */
export interface RequestRecord {
  /** To start the browser with. No name but this computer's own resolves then, so that nothing leaves it even if asked for. */
  readonly flags: readonly string[];
  /** Notes what the context's pages, workers and service workers ask for, as the browser's tools see it. */
  watch(context: BrowserContext): void;
  /** What was asked for so far, as the browser's tools saw it. */
  readonly seen: readonly string[];
  /**
   * Once the browser is closed: every address its network stack was asked for, with the origin that asked, Chromium's own
   * calls left out.
   */
  fromNetwork(): { readonly url: string; readonly initiator: string }[];
  dispose(): void;
}

/** Records the requests of one browser twice: by its tools, and by the log of its network stack, which misses nothing. */
export function startRequestRecord(): RequestRecord {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-net-log-'));
  const path = join(folder, 'net-log.json');
  const seen: string[] = [];
  return {
    flags: [
      `--log-net-log=${path}`,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
    watch: (context) => {
      context.on('request', (request) => seen.push(request.url()));
    },
    seen,
    fromNetwork: () => {
      const { constants, events } = NetLog.parse(JSON.parse(readFileSync(path, 'utf8')));
      const begun = ['URL_REQUEST_START_JOB', 'HTTP_STREAM_JOB_CONTROLLER'].map((name) => {
        const type = constants.logEventTypes[name];
        if (type === undefined) throw new Error(`This Chromium's log knows no ${name}.`);
        return type;
      });
      return events.flatMap(({ type, params }) => {
        if (!begun.includes(type) || params?.url === undefined) return [];
        const { url, initiator = 'not an origin' } = params;
        const isBrowsersOwn = initiator === 'not an origin' && browsersOwn.includes(hostOf(url));
        return isBrowsersOwn ? [] : [{ url, initiator }];
      });
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Of these addresses those that lead anywhere but to one of the given origins; what never leaves the page is left out. */
export function foreignOf(urls: readonly string[], origins: readonly string[]): string[] {
  const own = origins.flatMap((origin) => [origin, origin.replace(/^http/, 'ws')]);
  return urls.filter((url) => !/^(?:blob|data|about|chrome):/.test(url) && !own.includes(originOf(url)));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
