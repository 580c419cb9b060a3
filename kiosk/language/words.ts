import type { Locale } from '../../protocol/ids.ts';
import { createSpeakers, type Say as SayOf, type Sentences } from '../../sdk/session/speaker.ts';
import { en, type MessageId } from './en.ts';
import { fr } from './fr.ts';

/** The kiosk's languages, each with every sentence. */
export const sentences: Sentences<MessageId> = { en, fr };

/** Which way a language is written. Layouts use logical properties, so this is all that a right-to-left language adds. */
export const directions: Readonly<Record<Locale, 'ltr' | 'rtl'>> = { en: 'ltr', fr: 'ltr' };

/** Says a sentence of the kiosk in one language. */
export type Say = SayOf<MessageId>;

/** The kiosk's voice in one language. */
export const speakerOf = createSpeakers(sentences);
