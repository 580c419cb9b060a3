import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Worn } from '../../protocol/session.ts';
import { useTablet } from '../app/tablet.ts';
import { Poster } from './poster.tsx';
import { Swatch } from './swatch.tsx';

/** Every piece of the house with its finishes; one touch shows it in the mirror. */
export function PiecePicker({
  isOpen,
  onClose,
  worn,
  onPick,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly worn: Worn | null;
  readonly onPick: (worn: Worn) => void;
}) {
  const { collection, voice, live } = useTablet();
  const { say, locale } = voice;
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="sheet">
        <Dialog className="picker">
          <div className="picker-head">
            <Heading slot="title">{say('picker.title')}</Heading>
            <Button className="quiet" onPress={onClose}>
              {say('picker.close')}
            </Button>
          </div>
          {collection.catalogue.pieces.map((piece) => (
            <section key={piece.id} className="picker-piece" aria-label={piece.name}>
              {piece.variants[0] && <Poster piece={piece} variant={piece.variants[0]} />}
              <h3>{piece.name}</h3>
              <p className="picker-line">{piece.line[locale]}</p>
              <div className="picker-variants">
                {piece.variants.map((variant) => {
                  const on = worn?.pieceId === piece.id && worn.variantId === variant.id;
                  return (
                    <Button
                      key={variant.id}
                      className="chip"
                      data-on={on || undefined}
                      isDisabled={!live}
                      onPress={() => {
                        onPick({ pieceId: piece.id, variantId: variant.id });
                        onClose();
                      }}
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
          ))}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
