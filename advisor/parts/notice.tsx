import type { WireError } from '../../protocol/errors.ts';
import { useTablet } from '../app/tablet.ts';
import { refusalWords, type Attempt } from '../language/refusal-words.ts';

/** Why something did not work, and what to do next. Its place is always there, so that it is heard when it fills. */
export function RefusalNotice({
  attempt,
  refusal,
}: {
  readonly attempt: Attempt;
  readonly refusal: WireError | null;
}) {
  const { voice } = useTablet();
  return (
    <div role="alert" className="notice-place">
      {refusal && <p className="notice">{refusalWords(attempt, refusal, voice)}</p>}
    </div>
  );
}
