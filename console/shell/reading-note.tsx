import type { ReactNode } from 'react';
import type { Reading } from './console-state.ts';
import type { Voice } from './voice.ts';
import { whyWords } from './words.ts';
import type { WireError } from '../../protocol/errors.ts';

/** What stands above a section: that it is being read, could not be, or is not fresh; and why a deed was refused. */
export function ReadingNote({
  reading,
  readAtMs,
  refusal,
  said,
  voice,
}: {
  readonly reading: Reading<unknown>;
  /** Server time of what is shown; null where that is not told. */
  readonly readAtMs: number | null;
  readonly refusal: WireError | null;
  /** What was just done, for who hears the page rather than sees it; left out where nothing can be. */
  readonly said?: string;
  readonly voice: Voice;
}): ReactNode {
  const { say, time } = voice;
  return (
    <>
      <div className="news">
        <div role="status">
          {reading.value === null && !reading.failed && <p className="lead">{say('opening')}</p>}
          {reading.value !== null && reading.failed && readAtMs !== null && (
            <p className="note">{say('stale', { time: time(readAtMs) })}</p>
          )}
        </div>
        <div role="alert">
          {reading.value === null && reading.failed && <p className="note bad">{say('read-failed')}</p>}
          {refusal && <p className="note bad">{whyWords(say, refusal.code)}</p>}
        </div>
      </div>
      {said !== undefined && (
        <p className="unseen" role="status">
          {said}
        </p>
      )}
    </>
  );
}
