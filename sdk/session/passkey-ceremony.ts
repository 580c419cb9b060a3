import { passkeyDomain, type PasskeyInvitation, type PasskeyQuestion } from '../../protocol/passkey.ts';

/** The browser's side of a passkey: it shows its own sheet and asks the person. Rejects where they turn it down. */
export interface PasskeyCeremony {
  make(invitation: PasskeyInvitation): Promise<unknown>;
  answer(question: PasskeyQuestion): Promise<unknown>;
}

/** The browser's own sheet. The library comes with the first use: most sign-ins are by something else. */
export const browserCeremony: PasskeyCeremony = {
  make: async (optionsJSON) => {
    const { startRegistration } = await import('@simplewebauthn/browser');
    return await startRegistration({ optionsJSON });
  },
  answer: async (optionsJSON) => {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    return await startAuthentication({ optionsJSON });
  },
};

/** Whether a page at this address can have passkeys of the server: the browser knows them, and the name is the server's own. */
export function hasPasskeys(
  publicUrl: string,
  page: { readonly hostname: string; readonly isSecure: boolean; readonly isKnown: boolean },
): boolean {
  return page.isSecure && page.isKnown && passkeyDomain(publicUrl) === page.hostname;
}

/** How the sheet was left; a browser says it only by the name of its fault. */
export function ceremonyWord(thrown: unknown): 'cancelled' | 'already' | 'other' {
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled';
  return name === 'InvalidStateError' ? 'already' : 'other';
}
