import { phonePath, type PhoneInvitation } from '../../protocol/client-phone.ts';
import type { Offer } from '../../protocol/handoff.ts';
import type { MaisonId, Sku } from '../../protocol/ids.ts';
import { mostWished } from '../../protocol/wish-list.ts';

/** What a link may carry behind its `#`, where it reaches neither a server nor its log. */
export interface AddressFragment {
  /** A one-time enrolment code: `#enrol=CODE`. */
  readonly enrolCode: string | null;
  /** The secret of an offer, off a mirror's QR code: `#claim=SECRET`. */
  readonly claimSecret: string | null;
}

/** Reads an address's fragment; what does not look like a code or a secret is none. */
export function readFragment(hash: string): AddressFragment {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    enrolCode: matching(fields.get('enrol'), /^[A-Za-z0-9_-]{8,64}$/),
    claimSecret: matching(fields.get('claim'), /^[A-Za-z0-9_-]{22,64}$/),
  };
}

/**
 * What a mirror's QR code says: the tablet's page of the mirror's house, and the offer's secret behind the `#`. A tablet
 * that was never enrolled for this house would otherwise open the one it knows.
 * @param publicUrl origin under which tablets reach the server, without a slash at its end
 */
export function claimAddress(publicUrl: string, maisonId: MaisonId, secret: Offer['secret']): string {
  return `${publicUrl}/advisor/?maison=${maisonId}#claim=${secret}`;
}

/**
 * What a mark for a client's own phone says: their page, and the one-time secret behind the `#`.
 * @param publicUrl origin under which phones reach the server, without a slash at its end
 */
export function phoneAddress(publicUrl: string, secret: PhoneInvitation['secret']): string {
  return `${publicUrl}${phonePath}#open=${secret}`;
}

/**
 * What a mark for an appointment says: the client's page, and the secret by which it takes the appointment behind the `#`.
 * @param publicUrl origin under which phones reach the server, without a slash at its end
 */
export function takeawayAddress(publicUrl: string, secret: string): string {
  return `${publicUrl}${phonePath}#take=${secret}`;
}

/**
 * What a mark says by which a client takes along what they kept: their page, and the pieces behind the `#`. The mirror tells it to nobody else.
 * @param publicUrl origin under which phones reach the server, without a slash at its end
 */
export function listAddress(publicUrl: string, maisonId: MaisonId, skus: readonly Sku[]): string {
  const fields = new URLSearchParams({ maison: maisonId, list: skus.slice(-mostWished).join(',') });
  return `${publicUrl}${phonePath}#${fields.toString()}`;
}

/** The address without its fragment, so that a code stays neither in the address bar nor in the history. */
export function withoutFragment(href: string): string {
  const url = new URL(href);
  url.hash = '';
  return url.href;
}

function matching(text: string | null, pattern: RegExp): string | null {
  return text !== null && pattern.test(text) ? text : null;
}
