import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { sameWorn } from '../../sdk/session/visit-context.ts';
import { useKiosk, useLook, useSay, useWords } from '../app/kiosk-context.tsx';
import { kindWords } from '../language/size-words.ts';
import { Icon } from './icon.tsx';
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
    <div
      className="variants"
      data-many={piece.variants.length > 4}
      role="group"
      aria-label={say('discover.variants')}
    >
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

/** The quiet strip: the kinds of pieces, the pieces of the kind that is worn, and its finishes. */
export function PieceStrip({
  worn,
  onChoose,
}: {
  worn: Worn | null;
  onChoose: (worn: Worn) => void;
}): ReactNode {
  const { catalogue } = useKiosk().collection;
  const say = useSay();
  const look = useLook();
  const current = catalogue.pieces.find((piece) => piece.id === worn?.pieceId);
  const kinds = [...new Set(catalogue.pieces.map(({ category }) => category))];
  const ofKind = catalogue.pieces.filter(({ category }) => category === current?.category);
  const choose = (piece: Piece | undefined): void => {
    const [first] = piece?.variants ?? [];
    if (piece && first && piece !== current) onChoose({ pieceId: piece.id, variantId: first.id });
  };
  /** What is kept on of a kind comes back as it was; else its first piece. */
  const chooseKind = (kind: Piece['category']): void => {
    const kept = look.find(({ pieceId }) =>
      catalogue.pieces.some(({ id, category }) => id === pieceId && category === kind),
    );
    if (kept) onChoose(kept);
    else choose(catalogue.pieces.find(({ category }) => category === kind));
  };
  return (
    <div className="strip" role="group" aria-label={say('wear.pieces')}>
      {kinds.length > 1 && (
        <div className="strip-kinds" role="group" aria-label={say('wear.kinds')}>
          {kinds.map((kind) => (
            <Button
              key={kind}
              className="strip-kind"
              aria-current={kind === current?.category}
              onPress={() => chooseKind(kind)}
            >
              {kindWords(kind, say)}
            </Button>
          ))}
        </div>
      )}
      <KeptOn current={current} />
      {ofKind.length > 1 && (
        <div className="strip-pieces">
          {ofKind.map((piece) => (
            <Button
              key={piece.id}
              className="strip-piece"
              aria-current={piece === current}
              onPress={() => choose(piece)}
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

/** What is worn beside the piece that is looked at, each to be taken off. */
function KeptOn({ current }: { current: Piece | undefined }): ReactNode {
  const { collection, look: board } = useKiosk();
  const look = useLook();
  const say = useSay();
  const others = look.flatMap(
    ({ pieceId }) => collection.catalogue.pieces.find(({ id }) => id === pieceId) ?? [],
  );
  const kept = others.filter((piece) => piece !== current);
  if (kept.length === 0) return null;
  return (
    <div className="strip-look" role="group" aria-label={say('wear.look')}>
      <span className="strip-look-words" aria-hidden="true">
        {say('wear.look')}
      </span>
      {kept.map((piece) => (
        <Button
          key={piece.id}
          className="strip-kept"
          aria-label={say('wear.take-off', { piece: piece.name })}
          onPress={() => board.takeOff(piece.id)}
        >
          {piece.name}
          <Icon name="close" />
        </Button>
      ))}
    </div>
  );
}
