import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useClient, useKiosk, useSay, useVisit } from '../app/kiosk-context.tsx';
import { ClientChoices } from './client-choices.tsx';
import { KnownFacts } from './known-facts.tsx';

/**
 * The quiet way to be known by the boutique, in a visit with an advisor; and what it knows then. Opened by the client's touch, or by
 * the advisor's question, which a touch answers either way.
 */
export function BeKnown({
  isQuestionOnly = false,
}: {
  /** On a page over the mirror: an advisor's question is seen there too, and nothing else. */
  readonly isQuestionOnly?: boolean;
}): ReactNode {
  const { clients } = useKiosk();
  const { session } = useVisit();
  const client = useClient();
  const say = useSay();
  /** Null while it is shut; else whether somebody had been forgotten in this visit before it was opened. */
  const [opened, setOpened] = useState<{ readonly afterErasure: boolean } | null>(null);
  const [more, setMore] = useState(false);
  const { offered, purposes, known, asked, erasure } = client;
  if (!session || (!offered && !known && !erasure)) return null;
  const open = (): void => setOpened({ afterErasure: erasure !== null });
  const close = (): void => {
    setOpened(null);
    setMore(false);
    clients.endInvitation();
    clients.clearRefusal();
    void clients.decline();
  };
  // Who has just been forgotten, wherever they said so, is not asked to be known again.
  const isForgotten = opened?.afterErasure === false && !known && erasure !== null;
  const isOpen = asked !== null || (opened !== null && !isForgotten);
  const left = purposes.filter((one) => !known?.grants.some(({ purpose }) => purpose === one));
  const chooses = !known || (left.length > 0 && (more || asked !== null));
  return (
    <>
      {!isQuestionOnly && (
        <div className="be-known">
          <Button className="quiet" onPress={open}>
            {say(known ? 'known.open' : 'known.begin')}
          </Button>
          {erasure && !known && (
            <p className="be-known-state" role="status">
              {say(`known.erasure.${erasure.state}`)}
            </p>
          )}
        </div>
      )}
      <ModalOverlay
        className="veil"
        isOpen={isOpen}
        isDismissable
        onOpenChange={(next) => {
          if (!next) close();
        }}
      >
        <Modal className="sheet">
          <Dialog className="known-sheet">
            <Heading slot="title" level={2} className="known-title">
              {!chooses
                ? say('known.title')
                : asked
                  ? say('known.asked', { name: asked.advisor.name })
                  : say('known.choose')}
            </Heading>
            {known && !chooses ? (
              <KnownFacts
                known={known}
                onMore={left.length > 0 ? () => setMore(true) : null}
                onClose={close}
              />
            ) : (
              <ClientChoices
                key={asked?.expiresAtMs}
                asked={asked}
                offered={left}
                isKnown={known !== null}
                onYes={() => {
                  open();
                  setMore(false);
                }}
                onNo={close}
              />
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
