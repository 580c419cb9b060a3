import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { sameWorn } from '../../sdk/session/visit-context.ts';
import { useKiosk, useSay, useWords } from '../app/kiosk-context.tsx';
import { Swatch } from './swatch.tsx';

/** The finishes of one piece. */
export function VariantChoice(props: {
  piece: Piece;
  worn: Worn | null;
  onChoose: (worn: Worn) => void;
}): ReactNode {
  const { piece, worn, onChoose } = props;
  const words = useWords();
  const say = useSay();
  return (
    <div className="variants" role="group" aria-label={say('discover.variants')}>
      {piece.variants.map((variant) => {
        const choice = { pieceId: piece.id, variantId: variant.id };
        return (
          <ToggleButton
            key={variant.id}
            className="variant"
            isSelected={sameWorn(choice, worn)}
            onPress={() => onChoose(choice)}
          >
            <Swatch variant={variant} />
            <span className="variant-name">{words(variant.name)}</span>
          </ToggleButton>
        );
      })}
    </div>
  );
}

/** The quiet strip: the collection's pieces by name, and the finishes of the one that is worn. */
export function PieceStrip({
  worn,
  onChoose,
}: {
  worn: Worn | null;
  onChoose: (worn: Worn) => void;
}): ReactNode {
  const { catalogue } = useKiosk().collection;
  const say = useSay();
  const current = catalogue.pieces.find((piece) => piece.id === worn?.pieceId);
  return (
    <div className="strip" role="group" aria-label={say('wear.pieces')}>
      {catalogue.pieces.length > 1 && (
        <div className="strip-pieces">
          {catalogue.pieces.map((piece) => (
            <Button
              key={piece.id}
              className="strip-piece"
              aria-current={piece === current}
              onPress={() => {
                const [first] = piece.variants;
                if (first && piece !== current) onChoose({ pieceId: piece.id, variantId: first.id });
              }}
            >
              {piece.name}
            </Button>
          ))}
        </div>
      )}
      {current && <VariantChoice piece={current} worn={worn} onChoose={onChoose} />}
    </div>
  );
}
