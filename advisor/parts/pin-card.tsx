import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTablet } from '../app/tablet.ts';
import { ChoosePin } from './choose-pin.tsx';

/** The advisor's PIN, and the way to another. */
export function PinCard() {
  const { desk, known, voice, live } = useTablet();
  const { say } = voice;
  const { busy, refusal, done } = known.pinChange;
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    desk.clearPinChange();
    setIsOpen(false);
  };
  return (
    <section className="passkeys" aria-labelledby="pin-card-title">
      <h2 id="pin-card-title">{say('pin.title')}</h2>
      <p className="help">{say('pin.words')}</p>
      <div className="notice-place" aria-live="polite">
        {done && <p className="notice">{say('pin.changed')}</p>}
      </div>
      <Button
        className="secondary"
        isDisabled={!live}
        onPress={() => {
          desk.clearPinChange();
          setIsOpen(true);
        }}
      >
        {say('pin.change')}
      </Button>
      <ModalOverlay
        className="veil"
        isOpen={isOpen && !done}
        isDismissable
        onOpenChange={(open) => {
          if (!open) close();
        }}
      >
        <Modal className="sheet sheet-small">
          <Dialog className="question pin-sheet">
            <Heading slot="title">{say('pin.change')}</Heading>
            <ChoosePin
              by="pin"
              busy={busy || !live}
              refusal={refusal}
              onType={() => refusal && desk.clearPinChange()}
              onWhole={({ proof, pin }) => void desk.changePin(proof, pin)}
            />
            <Button className="quiet" onPress={close}>
              {say('pin.cancel')}
            </Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </section>
  );
}
