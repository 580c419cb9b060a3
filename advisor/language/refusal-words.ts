import type { WireError } from '../../protocol/errors.ts';
import type { Locale } from '../../protocol/ids.ts';
import { timeOfDay } from '../../sdk/session/spoken-time.ts';
import { en, type MessageId } from './en.ts';
import type { Say } from './words.ts';

/** What is needed to put something with a time in it into words. */
export interface Voice {
  readonly say: Say;
  readonly locale: Locale;
  readonly timeZone: string;
  /** Server time. */
  readonly nowMs: number;
}

/** What was attempted when the server refused. */
export type Attempt =
  'enrol' | 'sign-in' | 'start' | 'change-pin' | 'claim' | 'call' | 'action' | 'client' | 'sale' | 'todo';

/** A refusal as its own sentence with its next step, never as a code. */
export function refusalWords(attempt: Attempt, error: WireError, voice: Voice): string {
  const { say, locale, timeZone, nowMs } = voice;
  const clock = (atMs: number) => timeOfDay(atMs, locale, timeZone);
  const again = error.retryAfterMs === undefined ? null : clock(heardAtMs(error, nowMs) + error.retryAfterMs);
  if (error.code === 'pin-locked')
    return again ? say('sign-in.why.pin-locked', { time: again }) : say('sign-in.why.pin-locked.soon');
  if (attempt === 'claim' && error.code === 'code-locked' && again)
    return say('claim.why.code-locked.until', { time: again });
  if (attempt === 'client' && error.code === 'consent-missing' && again)
    return say('client.why.declined.until', { time: again });
  if (attempt === 'action' && error.code === 'out-of-stock' && error.nextFreeAtMs !== undefined)
    return say('action.why.out-of-stock.until', { time: clock(error.nextFreeAtMs) });
  const own = `${attempt}.why.${error.code}`;
  return say(isMessageId(own) ? own : `${attempt}.why.other`, { tries: error.triesLeft ?? 0 });
}

/** When each refusal was told first: it counts from then, however long it stands there. */
const heard = new WeakMap<WireError, number>();

function heardAtMs(error: WireError, nowMs: number): number {
  const atMs = heard.get(error) ?? nowMs;
  heard.set(error, atMs);
  return atMs;
}

function isMessageId(id: string): id is MessageId {
  return Object.hasOwn(en, id);
}
