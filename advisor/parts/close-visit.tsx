import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { SessionState } from '../../protocol/session.ts';
import { useTablet } from '../app/tablet.ts';
import { AskToRemember } from './visit-note/ask-to-remember.tsx';
import { NoteForm } from './visit-note/note-form.tsx';

/** Ends the visit, after saying what that does: with a note where the client lets themselves be remembered. */
export function CloseVisit({ session }: { readonly session: SessionState }) {
  const { live, client, sale, voice } = useTablet();
  const { say } = voice;
  const [asking, setAsking] = useState(false);
  const grant = client.known?.grants.find(({ purpose }) => purpose === 'remember');
  const notes = sale.reading?.notes ?? null;
  const writes = grant !== undefined && notes !== null;
  const stay = (): void => setAsking(false);
  return (
    <>
      <Button className="quiet" onPress={() => setAsking(true)} isDisabled={!live}>
        {say('together.close')}
      </Button>
      <ModalOverlay className="veil" isOpen={asking} onOpenChange={setAsking} isDismissable>
        <Modal className={writes ? 'sheet note-sheet' : 'sheet sheet-small'}>
          <Dialog role="alertdialog" className="question">
            <Heading slot="title">{say(writes ? 'note.title' : 'together.close.title')}</Heading>
            <p>{say('together.close.words')}</p>
            {writes ? (
              <NoteForm session={session} occasions={notes.occasions} grant={grant} onStay={stay} />
            ) : (
              <>
                {notes && client.purposes.includes('remember') && <AskToRemember />}
                {sale.reading && !notes && <p className="help">{say('note.not-offered')}</p>}
                <PlainEnd onStay={stay} />
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function PlainEnd({ onStay }: { readonly onStay: () => void }) {
  const { desk, live, known, voice } = useTablet();
  const { say } = voice;
  return (
    <>
      <Button className="primary" isDisabled={known.action.busy || !live} onPress={() => void desk.close()}>
        {say('together.close.yes')}
      </Button>
      <Button className="secondary" onPress={onStay}>
        {say('together.close.no')}
      </Button>
    </>
  );
}
