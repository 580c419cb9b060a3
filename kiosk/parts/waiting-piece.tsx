import { useEffect, useState, type ReactNode } from 'react';
import type { Piece, Variant } from '../../protocol/product.ts';
import { useKiosk } from '../app/kiosk-context.tsx';
import { Poster } from './poster.tsx';

/** Who steps aside for a moment needs no picture in their place. */
const patienceMs = 1_500;
/** A slow mirror may not have found who stands before it: it looks at so many pictures before it takes itself to be empty. */
const leastLooks = 12;
const againMs = 500;

/** The piece's picture in a mirror that looked and saw nobody: it waits for who comes. */
export function WaitingPiece({
  piece,
  variant,
  isAlone,
}: {
  readonly piece: Piece;
  readonly variant: Variant;
  readonly isAlone: boolean;
}): ReactNode {
  const { clock, tracker } = useKiosk();
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    if (!isAlone) return undefined;
    const looks = (): number => tracker?.metrics().framesInferred ?? 0;
    const before = looks();
    const wait = (ms: number): (() => void) =>
      clock.after(ms, () => {
        if (looks() - before >= leastLooks) setDue(true);
        else cancel = wait(againMs);
      });
    let cancel = wait(patienceMs);
    return () => {
      cancel();
      setDue(false);
    };
  }, [clock, tracker, isAlone]);
  if (!isAlone || !isDue) return null;
  return (
    <div className="waiting-piece">
      <Poster piece={piece} variant={variant} />
    </div>
  );
}
