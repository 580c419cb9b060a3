import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { mostWorn, wearWith } from '../../protocol/look.ts';
import { findWorn, piecesIn } from '../../protocol/product.ts';
import type { SessionState, Worn } from '../../protocol/session.ts';
import { useTablet } from '../app/tablet.ts';
import { PiecesByKind } from './pieces-by-kind.tsx';

/** A whole look put together on the tablet and proposed: it is on the client by their own touch alone. */
export function LookComposer({ session }: { readonly session: SessionState }) {
  const { live, voice, collection } = useTablet();
  const { say } = voice;
  const [open, setOpen] = useState(false);
  const names = (session.proposal?.look ?? []).flatMap(
    (worn) => findWorn(collection.catalogue, worn)?.piece.name ?? [],
  );
  return (
    <section className="list propose" aria-labelledby="propose-title">
      <h2 id="propose-title" className="label">
        {say('propose.title')}
      </h2>
      <p role="status">
        {session.proposal
          ? say('propose.waits', { pieces: names.join(', ') })
          : session.answered
            ? say(`propose.${session.answered}`)
            : ''}
      </p>
      <Button className="secondary small propose-open" isDisabled={!live} onPress={() => setOpen(true)}>
        {say('propose.open')}
      </Button>
      <ModalOverlay className="veil" isOpen={open} onOpenChange={setOpen} isDismissable>
        <Modal className="sheet sheet-picker">
          <Dialog className="picker">
            <Composer session={session} onClose={() => setOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </section>
  );
}

/** Begins with what is worn; a touch puts a piece in, or takes it out again. */
function Composer({ session, onClose }: { readonly session: SessionState; readonly onClose: () => void }) {
  const { desk, collection, live, voice } = useTablet();
  const { say } = voice;
  const [look, setLook] = useState<readonly Worn[]>(session.look.slice(-mostWorn));
  const pieceOf = piecesIn(collection.catalogue);
  const choose = (worn: Worn): void => {
    const isIn = look.some((one) => one.pieceId === worn.pieceId && one.variantId === worn.variantId);
    setLook(
      isIn
        ? look.filter(({ pieceId }) => pieceId !== worn.pieceId)
        : wearWith(look, worn, { looked: look.at(-1) ?? null, pieceOf }),
    );
  };
  const names = look.flatMap((worn) => findWorn(collection.catalogue, worn)?.piece.name ?? []);
  return (
    <>
      <div className="picker-head">
        <Heading slot="title">{say('propose.open')}</Heading>
        <Button className="quiet" onPress={onClose}>
          {say('picker.close')}
        </Button>
      </div>
      <PiecesByKind look={look} looked={session.worn} note={say('propose.in')} onPick={choose} />
      <div className="propose-foot">
        <p role="status">{names.length > 0 ? names.join(' · ') : say('propose.none')}</p>
        <Button
          className="primary"
          isDisabled={!live || look.length === 0}
          onPress={() => {
            // The piece that was put in last is looked at.
            void desk.propose([...look].toReversed());
            onClose();
          }}
        >
          {say('propose.send')}
        </Button>
      </div>
    </>
  );
}
