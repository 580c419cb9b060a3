import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { SessionState, Worn } from '../../protocol/session.ts';
import { useTablet } from '../app/tablet.ts';
import { PiecesByKind } from './pieces-by-kind.tsx';

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
            look={session.look}
            looked={session.worn}
            note={say('picker.worn')}
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
