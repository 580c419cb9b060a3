import type { ReactNode } from 'react';
import type { WireError } from '../../protocol/errors.ts';
import { whyWords, type Say } from './words.ts';

/** Why the last deed was refused; nothing where it was not. Its place stands always, so that it is heard when it comes. */
export function Refusal({
  refusal,
  say,
}: {
  readonly refusal: WireError | null;
  readonly say: Say;
}): ReactNode {
  return <div role="alert">{refusal && <p className="note bad">{whyWords(say, refusal.code)}</p>}</div>;
}
