import http from 'node:http';
import https from 'node:https';

/** One question to the running server. */
export interface ServerQuestion {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; without it, the question is a GET. */
  readonly body?: unknown;
  /** Root certificates to trust, PEM; the usual ones where it is undefined. */
  readonly ca: readonly string[] | undefined;
  readonly timeoutMs: number;
}

/** What the server said. */
export interface ServerReply {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks over HTTP or HTTPS. Not `fetch`: that cannot be told of one more certificate authority without another package.
 *
 * @throws {Error} with Node's `code` when nobody answers there, or not in time, or not with a certificate to be trusted
 */
export function askServer({ url, headers, body, ca, timeoutMs }: ServerQuestion): Promise<ServerReply> {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const options = {
    method: content === undefined ? 'GET' : 'POST',
    headers:
      content === undefined
        ? headers
        : { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) },
    signal: AbortSignal.timeout(timeoutMs),
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const onResponse = (response: http.IncomingMessage) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      );
      response.on('error', reject);
    };
    const request = url.startsWith('https:')
      ? https.request(url, { ...options, ...(ca ? { ca: [...ca] } : {}) }, onResponse)
      : http.request(url, options, onResponse);
    request.on('error', reject);
    request.end(content);
  });
}
