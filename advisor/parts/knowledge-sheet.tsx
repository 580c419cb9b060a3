import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Piece } from '../../protocol/product.ts';
import { kindWords } from '../../sdk/fit/piece-words.ts';
import { useTablet } from '../app/tablet.ts';
import { PieceKnowledgePage } from './piece-knowledge.tsx';
import { Poster } from './poster.tsx';

/** The sheet on which advisors read about a piece; begins with the whole collection where no piece is named. */
export function KnowledgeSheet({
  first,
  isOpen,
  onClose,
}: {
  readonly first: Piece['id'] | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
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
          <Pages first={first} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A page begins at its top, wherever the one before was left: what scrolls is the sheet around them. */
function beginAtTop(page: HTMLElement | null): void {
  page?.closest('.sheet')?.scrollTo(0, 0);
}

/** The pages that were opened, the newest on top. */
function Pages({ first, onClose }: { readonly first: Piece['id'] | null; readonly onClose: () => void }) {
  const { collection, voice } = useTablet();
  const { say } = voice;
  const [opened, setOpened] = useState<readonly Piece['id'][]>(first === null ? [] : [first]);
  const piece = collection.catalogue.pieces.find(({ id }) => id === opened.at(-1));
  const canTurnBack = opened.length > (first === null ? 0 : 1);
  return (
    <>
      <div className="knowledge-bar">
        {canTurnBack && (
          <Button className="quiet" onPress={() => setOpened(opened.slice(0, -1))}>
            {say('knowledge.back')}
          </Button>
        )}
        <Button className="quiet" onPress={onClose}>
          {say('knowledge.close')}
        </Button>
      </div>
      {piece ? (
        <PieceKnowledgePage
          key={piece.id}
          ref={beginAtTop}
          piece={piece}
          onOther={(id) => setOpened([...opened, id])}
        />
      ) : (
        <Contents onPick={(id) => setOpened([...opened, id])} />
      )}
    </>
  );
}

function Contents({ onPick }: { readonly onPick: (pieceId: Piece['id']) => void }) {
  const { collection, voice } = useTablet();
  const { say, locale } = voice;
  const { pieces } = collection.catalogue;
  const kinds = [...new Set(pieces.map(({ category }) => category))];
  return (
    <div className="knowledge" ref={beginAtTop}>
      <Heading slot="title">{say('knowledge.collection')}</Heading>
      {kinds.map((kind) => (
        <section key={kind} aria-label={kindWords(kind, locale)}>
          <h3 className="label">{kindWords(kind, locale)}</h3>
          <ul className="pieces">
            {pieces
              .filter(({ category }) => category === kind)
              .map((piece) => (
                <li key={piece.id} className="piece-row">
                  <Button className="piece-row-main" onPress={() => onPick(piece.id)}>
                    {piece.variants[0] && <Poster piece={piece} variant={piece.variants[0]} />}
                    <span className="piece-row-words">
                      <span className="piece-row-name">{piece.name}</span>
                      <span className="piece-row-variant">{piece.line[locale]}</span>
                    </span>
                  </Button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
