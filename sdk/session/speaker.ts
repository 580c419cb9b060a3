import { setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Locale } from '../../protocol/ids.ts';

/** Every sentence of a screen in every language, in ICU MessageFormat. */
export type Sentences<MessageId extends string> = Readonly<
  Record<Locale, Readonly<Record<MessageId, string>>>
>;

/** Says a sentence in one language. */
export type Say<MessageId extends string> = (
  id: MessageId,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The voice of each language, made once. */
export function createSpeakers<MessageId extends string>(
  sentences: Sentences<MessageId>,
): (locale: Locale) => Say<MessageId> {
  const voices = new Map<Locale, Say<MessageId>>();
  return (locale) => {
    const known = voices.get(locale);
    if (known) return known;
    const speaker = setupI18n({ locale, messages: { [locale]: { ...sentences[locale] } } });
    speaker.setMessagesCompiler(compileMessage);
    const voice: Say<MessageId> = (id, values) => speaker._(id, values);
    voices.set(locale, voice);
    return voice;
  };
}
