import type { ClientPurpose, ClientTerm } from './client-context.ts';
import type { Words } from './ids.ts';

/**
 * The words by which a client is asked, the same on the mirror, the tablet and their own phone. Whoever changes them gives them a new
 * version: a consent names the version that was read, and one to other words is not taken.
 */
export const consentTextVersion = '2026-12';

/** What each purpose is called, and what is known for it. */
export const purposeWords: Readonly<Record<ClientPurpose, { readonly title: Words; readonly words: Words }>> =
  {
    greet: {
      title: { en: 'To welcome me', fr: 'Pour m’accueillir' },
      words: {
        en: 'My name, my language, my usual advisor and today’s appointment.',
        fr: 'Mon nom, ma langue, mon conseiller habituel et le rendez-vous du jour.',
      },
    },
    advise: {
      title: { en: 'To advise me', fr: 'Pour me conseiller' },
      words: {
        en: 'My sizes on record, the pieces I own and those I wish for.',
        fr: 'Mes tailles enregistrées, les pièces que je possède et celles que je souhaite.',
      },
    },
    'after-sale': {
      title: { en: 'To care for my pieces', fr: 'Pour prendre soin de mes pièces' },
      words: {
        en: 'Which of my pieces are in care, ready, or due for a look.',
        fr: 'Celles de mes pièces qui sont en atelier, prêtes, ou à faire vérifier.',
      },
    },
    remember: {
      title: { en: 'To remember my visit', fr: 'Pour se souvenir de ma visite' },
      words: {
        en: 'The occasion, what was decided and the next step, and my name for who sees to it. Nothing about how I look.',
        fr: 'L’occasion, ce qui a été décidé et la suite, et mon nom pour qui s’en occupe. Rien sur mon apparence.',
      },
    },
  };

/** For how long. */
export const termWords: Readonly<Record<ClientTerm, Words>> = {
  visit: { en: 'For this visit', fr: 'Pour cette visite' },
  month: { en: 'For thirty days', fr: 'Pour trente jours' },
};
