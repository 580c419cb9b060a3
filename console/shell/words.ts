import { createSpeakers, type Say as SayOf } from '../../sdk/session/speaker.ts';
import { en, type MessageId } from './en.ts';
import { fr } from './fr.ts';

export type { MessageId } from './en.ts';

/** The console's voice in one language. */
export const speakerOf = createSpeakers<MessageId>({ en, fr });

/** Says a sentence of the console. */
export type Say = SayOf<MessageId>;

/** The sentence for a word of a closed set, as `role.kiosk`; a word that this page does not know yet stands as it is. */
export function wordFor(say: Say, set: string, word: string): string {
  const id = `${set}.${word}`;
  return Object.hasOwn(en, id) ? say(id as MessageId) : word;
}

/** Why something was refused, in words. */
export function whyWords(say: Say, code: string): string {
  return Object.hasOwn(en, `why.${code}`) ? wordFor(say, 'why', code) : say('why.other');
}
