import type { ReactNode } from 'react';
import { useKiosk, useLocale, useSay, useSend, useVisit, useWords } from '../app/kiosk-context.tsx';
import { VariantChoice } from '../parts/piece-strip.tsx';
import { YourMeasures } from '../parts/your-measures.tsx';
import { priceWords } from '../../sdk/session/price-words.ts';
import { sizeWords } from '../../sdk/fit/size-words.ts';
import { FitLine } from '../parts/fit-line.tsx';
import { StockWordsLine } from '../parts/stock-words-line.tsx';
import { PieceView } from '../stage/piece-view.tsx';

/** The piece from close by, and all that there is to say about it. */
export function Closer(): ReactNode {
  const { catalogue } = useKiosk().collection;
  const { worn } = useVisit();
  const say = useSay();
  const send = useSend();
  const words = useWords();
  const locale = useLocale();
  const piece = catalogue.pieces.find((candidate) => candidate.id === worn?.pieceId);
  const variant = piece?.variants.find((candidate) => candidate.id === worn?.variantId);
  if (!piece || !variant) return <main className="screen page closer" />;
  return (
    <main className="screen page closer">
      <PieceView piece={piece} variant={variant} large />
      <header className="page-head">
        <h1>{piece.name}</h1>
        <p className="piece-line">{words(piece.line)}</p>
        <StockWordsLine sku={variant.sku} />
      </header>
      <VariantChoice
        piece={piece}
        worn={worn}
        onChoose={(chosen) => send({ type: 'try-on', worn: chosen })}
      />
      <p className="lead">{words(piece.story)}</p>
      <dl className="facts">
        <div>
          <dt>{say('closer.materials')}</dt>
          <dd>{words(piece.materials)}</dd>
        </div>
        <div>
          <dt>{say('closer.size')}</dt>
          <dd>
            {sizeWords(piece, locale)} <FitLine piece={piece} worn={worn} />
          </dd>
        </div>
        <div>
          <dt>{say('closer.care')}</dt>
          <dd>{words(piece.care)}</dd>
        </div>
        <div>
          <dt>{say('closer.price')}</dt>
          <dd>{priceWords(piece.price, locale)}</dd>
        </div>
      </dl>
      <YourMeasures category={piece.category} />
    </main>
  );
}
