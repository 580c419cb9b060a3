import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { sameWorn } from '../../sdk/session/visit-context.ts';
import { kindWords } from '../../sdk/fit/piece-words.ts';
import { useKiosk, useLocale, useLook, useSay, useSend, useVisit, useWords } from '../app/kiosk-context.tsx';
import { FingerChoice } from './finger-choice.tsx';
import { Icon } from './icon.tsx';
import { Swatch } from './swatch.tsx';

/** The finishes of one piece; shades, of which there are many, as a palette that names the one that is worn. */
export function VariantChoice(props: {
  piece: Piece;
  worn: Worn | null;
  onChoose: (worn: Worn) => void;
}): ReactNode {
  const { piece, worn, onChoose } = props;
  const words = useWords();
  const say = useSay();
  const isPalette = piece.category === 'makeup' || piece.variants.length > 4;
  const chosen = piece.variants.find(({ id }) => sameWorn({ pieceId: piece.id, variantId: id }, worn));
  return (
    <div className="variants" data-palette={isPalette} role="group" aria-label={say('discover.variants')}>
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
            <span className={isPalette ? 'visually-hidden' : 'variant-name'}>{words(variant.name)}</span>
          </ToggleButton>
        );
      })}
      {isPalette && chosen && (
        <span className="variants-chosen" aria-hidden="true">
          {words(chosen.name)}
        </span>
      )}
    </div>
  );
}

/** The quiet strip: the kinds of pieces, the pieces of the kind that is worn, and its finishes. */
export function PieceStrip({
  worn,
  onChoose,
}: {
  worn: Worn | null;
  /** `beside`: a ring is worn with the one that is looked at. */
  onChoose: (worn: Worn, beside: boolean) => void;
}): ReactNode {
  const { catalogue } = useKiosk().collection;
  const say = useSay();
  const locale = useLocale();
  const look = useLook();
  const { kept } = useVisit();
  const [beside, setBeside] = useState(false);
  const current = catalogue.pieces.find((piece) => piece.id === worn?.pieceId);
  const kinds = [...new Set(catalogue.pieces.map(({ category }) => category))];
  const ofKind = catalogue.pieces.filter(({ category }) => category === current?.category);
  const wornOf = (piece: Piece): Worn | undefined => look.find(({ pieceId }) => pieceId === piece.id);
  const keptOf = (piece: Piece) => piece.variants.find(({ sku }) => kept.includes(sku));
  /** What is kept on comes back as it was, and what the client keeps in the finish that they keep. */
  const choose = (piece: Piece | undefined): void => {
    const variant = piece && (keptOf(piece) ?? piece.variants[0]);
    if (!variant || piece === current) return;
    onChoose(wornOf(piece) ?? { pieceId: piece.id, variantId: variant.id }, beside);
    setBeside(false);
  };
  /** Of a kind what is kept on, else what the client keeps, else its first piece. */
  const chooseKind = (kind: Piece['category']): void => {
    const pieces = catalogue.pieces.filter(({ category }) => category === kind);
    setBeside(false);
    choose(pieces.find(wornOf) ?? pieces.find(keptOf) ?? pieces[0]);
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
              {kindWords(kind, locale)}
              {catalogue.pieces.some((piece) => piece.category === kind && keptOf(piece)) && <KeptMark />}
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
              data-worn={piece !== current && wornOf(piece) !== undefined}
              onPress={() => choose(piece)}
            >
              {piece.name}
              {keptOf(piece) && <KeptMark />}
            </Button>
          ))}
          {current?.category === 'ring' && !ofKind.every(wornOf) && (
            <ToggleButton className="strip-another" isSelected={beside} onChange={setBeside}>
              <Icon name={beside ? 'close' : 'add'} />
              {say(beside ? 'wear.another.choose' : 'wear.another')}
            </ToggleButton>
          )}
        </div>
      )}
      {current && (
        <VariantChoice piece={current} worn={worn} onChoose={(chosen) => onChoose(chosen, false)} />
      )}
      {worn && current?.category === 'ring' && (
        <FingerChoice worn={worn} onChoose={(chosen) => onChoose(chosen, false)} />
      )}
    </div>
  );
}

/** A heart at what the client keeps, so that a list which they brought is found again. */
function KeptMark(): ReactNode {
  const say = useSay();
  return (
    <>
      <Icon name="heart" filled />
      <span className="visually-hidden">{say('wear.kept')}</span>
    </>
  );
}

/** What is worn beside the piece that is looked at, each to be taken off. */
function KeptOn({ current }: { current: Piece | undefined }): ReactNode {
  const { collection } = useKiosk();
  const look = useLook();
  const say = useSay();
  const send = useSend();
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
          onPress={() => send({ type: 'take-off', pieceId: piece.id })}
        >
          {piece.name}
          <Icon name="close" />
        </Button>
      ))}
    </div>
  );
}
