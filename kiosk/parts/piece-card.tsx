import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Piece } from '../../protocol/product.ts';
import { useSay, useSend, useVisit, useWords } from '../app/kiosk-context.tsx';
import { PieceView } from '../stage/piece-view.tsx';
import { VariantChoice } from './piece-strip.tsx';
import { StockWordsLine } from './stock-words-line.tsx';

/** One piece of a chapter: turning slowly, its name and line, its finishes, its stock, and the way to the mirror. */
export function PieceCard({ piece, children }: { piece: Piece; children?: ReactNode }): ReactNode {
  const { consent, worn } = useVisit();
  const say = useSay();
  const send = useSend();
  const words = useWords();
  const [variantId, setVariantId] = useState(worn?.pieceId === piece.id ? worn.variantId : undefined);
  const variant = piece.variants.find((candidate) => candidate.id === variantId) ?? piece.variants[0];
  if (!variant) return null;
  const choice = { pieceId: piece.id, variantId: variant.id };
  return (
    <section className="piece-card" aria-label={piece.name}>
      <PieceView piece={piece} variant={variant} />
      <div className="piece-card-text">
        <div className="piece-names">
          <h2>{piece.name}</h2>
          <p className="piece-line">{words(piece.line)}</p>
          <StockWordsLine sku={variant.sku} />
        </div>
        <VariantChoice piece={piece} worn={choice} onChoose={(chosen) => setVariantId(chosen.variantId)} />
        <div className="actions">
          <Button className="primary" onPress={() => send({ type: 'try-on', worn: choice })}>
            {say(consent ? 'discover.try' : 'discover.see')}
          </Button>
          {children}
        </div>
      </div>
    </section>
  );
}
