/** Takes a one-time enrolment code out of the address's fragment, `#enrol=CODE`; null where there is none. */
export function enrolCodeOf(hash: string): string | null {
  const code = new URLSearchParams(hash.replace(/^#/, '')).get('enrol');
  return code && /^[A-Za-z0-9_-]{8,64}$/.test(code) ? code : null;
}

/** The address without its fragment, so that a code stays neither in the address bar nor in the history. */
export function withoutHash(href: string): string {
  const url = new URL(href);
  url.hash = '';
  return url.href;
}
