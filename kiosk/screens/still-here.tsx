import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useKiosk, useNow, useSay, useSend, useVisit } from '../app/kiosk-context.tsx';

/** The gentle question before a wipe, with time to answer and a way to get more of it. */
export function StillHere(): ReactNode {
  const { times, clock, link } = useKiosk();
  const { patience } = useVisit();
  const say = useSay();
  const send = useSend();
  const nowMs = useNow(1_000);
  const [askedAtMs] = useState(() => clock.nowMs() + link.state.get().clockOffsetMs);
  const seconds = Math.max(0, Math.ceil((askedAtMs + times.answerMs * patience - nowMs) / 1_000));
  const stay = (): void => send({ type: 'activity' });
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={stay}>
      <Modal className="sheet">
        <Dialog role="alertdialog" className="still-here">
          <Heading slot="title" level={2} className="still-here-title">
            {say('idle.title')}
          </Heading>
          <p className="lead">{say('idle.words', { seconds })}</p>
          <div className="actions">
            {/* A question that is answered by the first touch: the answer has the focus. */}
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
            <Button className="primary" autoFocus onPress={stay}>
              {say('idle.yes')}
            </Button>
            <Button className="secondary" onPress={() => send({ type: 'more-time' })}>
              {say('idle.more')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
