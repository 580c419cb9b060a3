import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTablet } from '../../app/tablet.ts';
import { refusalWords } from '../../language/refusal-words.ts';

/** A sheet for one step of the sale, with what was refused on it and the way back. */
export function StepSheet({
  title,
  isWide = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly isWide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { sale, voice } = useTablet();
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={isWide ? 'sheet' : 'sheet sheet-small'}>
        <Dialog className="question sale-sheet">
          <Heading slot="title">{title}</Heading>
          {children}
          <div role="alert" className="notice-place">
            {sale.refused && <p className="notice">{refusalWords('sale', sale.refused, voice)}</p>}
          </div>
          <Button className="quiet" onPress={onClose}>
            {voice.say('picker.close')}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
