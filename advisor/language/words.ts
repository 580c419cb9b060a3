import { createSpeakers, type Say as SayOf, type Sentences } from '../../sdk/session/speaker.ts';
import { en, type MessageId } from './en.ts';
import { fr } from './fr.ts';

/** The tablet's languages, each with every sentence. */
export const sentences: Sentences<MessageId> = { en, fr };

/** Says a sentence of the tablet in one language. */
export type Say = SayOf<MessageId>;

/** The tablet's voice in one language. */
export const speakerOf = createSpeakers(sentences);
