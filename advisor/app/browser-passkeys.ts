import type { PasskeyCeremony } from './passkeys.ts';

/** The browser's own sheet. The library comes with the first use: most sign-ins are by PIN. */
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
