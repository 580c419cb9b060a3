import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTablet } from '../app/tablet.ts';

/** Ends the visit, after saying what that does. */
export function CloseVisit() {
  const { desk, live, known, voice } = useTablet();
  const { say } = voice;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button className="quiet" onPress={() => setAsking(true)} isDisabled={!live}>
        {say('together.close')}
      </Button>
      <ModalOverlay className="veil" isOpen={asking} onOpenChange={setAsking} isDismissable>
        <Modal className="sheet sheet-small">
          <Dialog role="alertdialog" className="question">
            <Heading slot="title">{say('together.close.title')}</Heading>
            <p>{say('together.close.words')}</p>
            <Button
              className="primary"
              isDisabled={known.action.busy || !live}
              onPress={() => void desk.close()}
            >
              {say('together.close.yes')}
            </Button>
            <Button className="secondary" onPress={() => setAsking(false)}>
              {say('together.close.no')}
            </Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
