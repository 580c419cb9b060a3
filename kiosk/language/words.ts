import { setupI18n, type I18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Locale } from '../../protocol/ids.ts';
import { en, type MessageId } from './en.ts';
import { fr } from './fr.ts';

/** The kiosk's languages, each with every sentence. */
export const messages: Readonly<Record<Locale, Readonly<Record<MessageId, string>>>> = { en, fr };

/** Which way a language is written. Layouts use logical properties, so this is all that a right-to-left language adds. */
export const directions: Readonly<Record<Locale, 'ltr' | 'rtl'>> = { en: 'ltr', fr: 'ltr' };

/** Says a sentence in one language. */
export type Say = (id: MessageId, values?: Readonly<Record<string, string | number>>) => string;

const speakers = new Map<Locale, I18n>();

/** The voice of one language; made once. */
export function speakerOf(locale: Locale): Say {
  const known = speakers.get(locale);
  const speaker = known ?? setupI18n({ locale, messages: { [locale]: { ...messages[locale] } } });
  if (!known) {
    speaker.setMessagesCompiler(compileMessage);
    speakers.set(locale, speaker);
  }
  return (id, values) => speaker._(id, values);
}
