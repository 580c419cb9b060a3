/** The value of a cookie in a request's header; null where it has none. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** The console's cookie: what it is called, and the header that sets it, or takes it away where the value is null. */
export interface ConsoleCookie {
  readonly name: string;
  readonly set: (value: string | null, maxAgeMs: number) => string;
}

/** The cookie of a server; over HTTPS under a name that browsers give to nobody but this very host. */
export function consoleCookie(isSecure: boolean): ConsoleCookie {
  const name = isSecure ? '__Host-vitrine-console' : 'vitrine-console';
  const rest = `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
  return {
    name,
    set: (value, maxAgeMs) =>
      `${name}=${value ?? ''}; ${rest}; Max-Age=${value === null ? 0 : Math.floor(maxAgeMs / 1_000)}`,
  };
}
