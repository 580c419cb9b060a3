import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay, Radio, RadioGroup } from 'react-aria-components';
import type { Category, Piece } from '../../protocol/product.ts';
import type { SessionState, Worn } from '../../protocol/session.ts';
import { kindWords } from '../../sdk/fit/piece-words.ts';
import { useTablet } from '../app/tablet.ts';
import { Poster } from './poster.tsx';
import { Swatch } from './swatch.tsx';

/** Every piece of the house by its kind, with its finishes; one touch shows it in the mirror, with what is worn already. */
export function PiecePicker({
  isOpen,
  onClose,
  title,
  session,
  onPick,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly session: SessionState;
  readonly onPick: (worn: Worn) => void;
}) {
  const { say } = useTablet().voice;
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="sheet sheet-picker">
        <Dialog className="picker">
          <div className="picker-head">
            <Heading slot="title">{title}</Heading>
            <Button className="quiet" onPress={onClose}>
              {say('picker.close')}
            </Button>
          </div>
          <PiecesByKind
            session={session}
            onPick={(worn) => {
              onPick(worn);
              onClose();
            }}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Opens at the kind that is worn. */
function PiecesByKind({
  session,
  onPick,
}: {
  readonly session: SessionState;
  readonly onPick: (worn: Worn) => void;
}) {
  const { collection, voice } = useTablet();
  const { say, locale } = voice;
  const { pieces } = collection.catalogue;
  const kinds = [...new Set(pieces.map(({ category }) => category))];
  const looked = pieces.find(({ id }) => id === session.worn?.pieceId);
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
            <PickedPiece key={piece.id} piece={piece} look={session.look} onPick={onPick} />
          ))}
      </div>
    </>
  );
}

function PickedPiece({
  piece,
  look,
  onPick,
}: {
  readonly piece: Piece;
  readonly look: readonly Worn[];
  readonly onPick: (worn: Worn) => void;
}) {
  const { voice, live } = useTablet();
  const { say, locale } = voice;
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
              {on && <span className="chip-note">{say('picker.worn')}</span>}
            </Button>
          );
        })}
      </div>
    </section>
  );
}
