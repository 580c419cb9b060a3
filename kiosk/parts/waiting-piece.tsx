import { useEffect, useState, type ReactNode } from 'react';
import type { Piece, Variant } from '../../protocol/product.ts';
import { useKiosk } from '../app/kiosk-context.tsx';
import { Poster } from './poster.tsx';

/** Who steps aside for a moment needs no picture in their place. */
const patienceMs = 1_500;

/** The piece's picture in a mirror before which nobody stands: it waits for who comes. */
export function WaitingPiece({
  piece,
  variant,
  isAlone,
}: {
  readonly piece: Piece;
  readonly variant: Variant;
  readonly isAlone: boolean;
}): ReactNode {
  const { clock } = useKiosk();
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    if (!isAlone) return undefined;
    const cancel = clock.after(patienceMs, () => setDue(true));
    return () => {
      cancel();
      setDue(false);
    };
  }, [clock, isAlone]);
  if (!isAlone || !isDue) return null;
  return (
    <div className="waiting-piece">
      <Poster piece={piece} variant={variant} />
    </div>
  );
}
