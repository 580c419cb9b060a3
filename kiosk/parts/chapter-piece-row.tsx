import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { ChapterPiece } from '../../protocol/story.ts';
import { useKiosk, useSay, useSend, useVisit, useWords } from '../app/kiosk-context.tsx';
import { StockWordsLine } from './stock-words-line.tsx';

/** A piece of a chapter: its name, its line, its stock, and the way to the mirror in the finish that the picture shows. */
export function ChapterPieceRow({ shown }: { shown: ChapterPiece }): ReactNode {
  const { pieces } = useKiosk().collection.catalogue;
  const { consent, worn } = useVisit();
  const say = useSay();
  const send = useSend();
  const words = useWords();
  const piece = pieces.find(({ id }) => id === shown.pieceId);
  // Whoever comes back from the mirror finds the finish that they chose there.
  const variantId = worn?.pieceId === shown.pieceId ? worn.variantId : shown.variantId;
  const variant = piece?.variants.find(({ id }) => id === variantId);
  if (!piece || !variant) return null;
  const visible = say(consent ? 'discover.try' : 'discover.see');
  return (
    <li className="chapter-piece">
      <div className="piece-names">
        <h2>{piece.name}</h2>
        <p className="piece-line">{words(piece.line)}</p>
        <StockWordsLine sku={variant.sku} />
      </div>
      <Button
        className="secondary"
        aria-label={say('discover.see.piece', { visible, piece: piece.name, variant: words(variant.name) })}
        onPress={() => send({ type: 'try-on', worn: { pieceId: piece.id, variantId: variant.id } })}
      >
        {visible}
      </Button>
    </li>
  );
}
