import { useState, type ReactNode } from 'react';
import type { BoardPasskey, ConsoleSession } from '../../protocol/console.ts';
import type { ConsoleDesk } from './console-desk.ts';
import { Dialog } from './dialog.tsx';
import { OwnPasskeysPart } from './own-passkeys-part.tsx';
import { ReadingNote } from './reading-note.tsx';
import { storeName } from './store-select.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';

/** Advisors' passkeys, by Maison and name; each can be taken back. */
export function PasskeysSection({
  desk,
  session,
  voice,
}: {
  readonly desk: ConsoleDesk;
  readonly session: ConsoleSession;
  readonly voice: Voice;
}): ReactNode {
  const { say, time } = voice;
  const { passkeys: reading, refusal } = useStore(desk.state);
  const [leaving, setLeaving] = useState<BoardPasskey | null>(null);
  const [said, setSaid] = useState('');
  const all = reading.value?.passkeys ?? [];
  return (
    <>
      <p className="lead">{say('passkeys.lead')}</p>
      <ReadingNote reading={reading} readAtMs={null} refusal={leaving ? null : refusal} voice={voice} />
      <p className="unseen" role="status">
        {said}
      </p>
      {reading.value && all.length === 0 && <p className="empty">{say('passkeys.none')}</p>}
      {session.maisons
        .filter(({ id }) => all.some(({ maisonId }) => maisonId === id))
        .map((maison) => (
          <table key={maison.id} className="devices">
            <caption>{maison.name}</caption>
            <thead>
              <tr>
                <th scope="col">{say('column.advisor')}</th>
                <th scope="col">{say('column.made')}</th>
                <th scope="col">{say('column.used')}</th>
                <th scope="col">
                  <span className="unseen">{say('column.deed')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {all
                .filter(({ maisonId }) => maisonId === maison.id)
                .map((passkey) => (
                  <tr key={passkey.id}>
                    <th scope="row">
                      {passkey.advisorName}
                      <span className="under">{storeName(session, passkey.storeId)}</span>
                    </th>
                    <td data-label={say('column.made')}>
                      {passkey.madeOn}
                      <span className="under">{time(passkey.madeAtMs)}</span>
                    </td>
                    <td data-label={say('column.used')}>
                      {passkey.usedAtMs === null ? <span className="faint">–</span> : time(passkey.usedAtMs)}
                    </td>
                    <td className="deed-cell">
                      <button
                        className="small"
                        type="button"
                        aria-label={say('passkeys.revoke.label', { name: passkey.advisorName })}
                        onClick={() => setLeaving(passkey)}
                      >
                        {say('revoke')}
                      </button>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
      {desk.own && session.actor.kind === 'operator' && <OwnPasskeysPart own={desk.own} voice={voice} />}
      {leaving && (
        <RevokeDialog
          desk={desk}
          passkey={leaving}
          voice={voice}
          onClose={(done) => {
            if (done) setSaid(say('passkeys.revoke.done', { name: leaving.advisorName }));
            setLeaving(null);
          }}
        />
      )}
    </>
  );
}

function RevokeDialog({
  desk,
  passkey,
  voice,
  onClose,
}: {
  readonly desk: ConsoleDesk;
  readonly passkey: BoardPasskey;
  readonly voice: Voice;
  readonly onClose: (done: boolean) => void;
}): ReactNode {
  const { say } = voice;
  const { busy } = useStore(desk.state);
  const { advisorName: name, madeOn: tablet } = passkey;
  return (
    <Dialog title={say('passkeys.revoke.title', { name })} onClose={() => onClose(false)}>
      <p>{say('passkeys.revoke.words', { name, tablet })}</p>
      <div className="choices">
        <button className="plain" type="button" onClick={() => onClose(false)}>
          {say('cancel')}
        </button>
        <button
          className="deed grave"
          type="button"
          disabled={busy}
          onClick={() => void desk.revokePasskey(passkey).then(onClose)}
        >
          {say('passkeys.revoke.do')}
        </button>
      </div>
    </Dialog>
  );
}
