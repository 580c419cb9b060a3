import { useState } from 'react';
import { Button, Radio, RadioGroup } from 'react-aria-components';
import type { Category, Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { kindWords } from '../../sdk/fit/piece-words.ts';
import { useTablet } from '../app/tablet.ts';
import { Poster } from './poster.tsx';
import { Swatch } from './swatch.tsx';

/** Every piece of the house by its kind, with its finishes. Opens at the kind that is looked at. */
export function PiecesByKind({
  look,
  looked: lookedAt,
  note,
  onPick,
}: {
  /** What is in already, and what is said of it. */
  readonly look: readonly Worn[];
  readonly note: string;
  readonly looked: Worn | null;
  readonly onPick: (worn: Worn) => void;
}) {
  const { collection, voice } = useTablet();
  const { say, locale } = voice;
  const { pieces } = collection.catalogue;
  const kinds = [...new Set(pieces.map(({ category }) => category))];
  const looked = pieces.find(({ id }) => id === lookedAt?.pieceId);
  const [chosen, setChosen] = useState<Category | undefined>(looked?.category ?? kinds[0]);
  return (
    <>
      {kinds.length > 1 && (
        <RadioGroup
          className="picker-kinds"
          aria-label={say('picker.kinds')}
          orientation="horizontal"
          value={chosen ?? ''}
          onChange={(kind) => setChosen(kinds.find((one) => one === kind))}
        >
          {kinds.map((kind) => (
            <Radio key={kind} value={kind} className="picker-kind">
              {kindWords(kind, locale)}
            </Radio>
          ))}
        </RadioGroup>
      )}
      <div className="picker-pieces">
        {pieces
          .filter(({ category }) => category === chosen)
          .map((piece) => (
            <PickedPiece key={piece.id} piece={piece} look={look} note={note} onPick={onPick} />
          ))}
      </div>
    </>
  );
}

function PickedPiece({
  piece,
  look,
  note,
  onPick,
}: {
  readonly piece: Piece;
  readonly look: readonly Worn[];
  readonly note: string;
  readonly onPick: (worn: Worn) => void;
}) {
  const { voice, live } = useTablet();
  const { locale } = voice;
  return (
    <section className="picker-piece" aria-label={piece.name}>
      {piece.variants[0] && <Poster piece={piece} variant={piece.variants[0]} />}
      <h3>{piece.name}</h3>
      <p className="picker-line">{piece.line[locale]}</p>
      <div className="picker-variants">
        {piece.variants.map((variant) => {
          const on = look.some((worn) => worn.pieceId === piece.id && worn.variantId === variant.id);
          return (
            <Button
              key={variant.id}
              className="chip"
              data-on={on || undefined}
              isDisabled={!live}
              onPress={() => onPick({ pieceId: piece.id, variantId: variant.id })}
            >
              <Swatch variant={variant} />
              <span>
                <span className="unseen">{piece.name}, </span>
                {variant.name[locale]}
              </span>
              {on && <span className="chip-note">{note}</span>}
            </Button>
          );
        })}
      </div>
    </section>
  );
}
