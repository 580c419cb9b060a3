import { readFragment } from '../../sdk/session/address-fragment.ts';

/** The secret in a mirror's mark; null for any other code. Nothing is opened: only the secret is taken from it. */
export function secretOfMark(text: string): string | null {
  const url = URL.parse(text.trim());
  return url?.pathname.startsWith('/advisor/') ? readFragment(url.hash).claimSecret : null;
}
