import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a socket may be opened from where it says it comes. A browser always names the page's origin: it must be this
 * server or one of those allowed. A program that names none has a token all the same, and no victim's browser to borrow.
 */
export function isAllowedOrigin(headers: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  const url = URL.parse(origin);
  if (!url) return false;
  return url.host === host || allowed.includes(url.origin);
}

/** The origin of a page that is neither this server's nor one of those it serves beside; null where it is, or none is named. */
export function foreignOriginOf(headers: IncomingHttpHeaders, allowed: readonly string[]): string | null {
  return headers.origin === undefined || isAllowedOrigin(headers, allowed) ? null : headers.origin;
}
