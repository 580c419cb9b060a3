import { useState, type ReactNode } from 'react';
import type { BoardPasskey } from '../../protocol/console.ts';
import { DeedDialog } from './deed-dialog.tsx';
import { OwnPasskeysPart } from './own-passkeys-part.tsx';
import { ReadingNote } from './reading-note.tsx';
import type { SectionProps } from './section-props.ts';
import { storeName } from './store-select.tsx';
import { useStore } from './use-store.ts';
import { Columns, RowDeed } from './table-parts.tsx';

/** Advisors' passkeys, by Maison and name; each can be taken back. */
export function PasskeysSection({ desk, session, voice }: SectionProps): ReactNode {
  const { say, time } = voice;
  const { passkeys: reading, refusal } = useStore(desk.state);
  const [leaving, setLeaving] = useState<BoardPasskey | null>(null);
  const [said, setSaid] = useState('');
  const all = reading.value?.passkeys ?? [];
  const revoke = async (passkey: BoardPasskey) => {
    const done = await desk.revokePasskey(passkey);
    if (done) setSaid(say('passkeys.revoke.done', { name: passkey.advisorName }));
    setLeaving(null);
  };
  return (
    <>
      <p className="lead">{say('passkeys.lead')}</p>
      <ReadingNote
        reading={reading}
        readAtMs={null}
        refusal={leaving ? null : refusal}
        said={said}
        voice={voice}
      />
      {reading.value && all.length === 0 && <p className="empty">{say('passkeys.none')}</p>}
      {session.maisons
        .filter(({ id }) => all.some(({ maisonId }) => maisonId === id))
        .map((maison) => (
          <table key={maison.id} className="devices">
            <caption>{maison.name}</caption>
            <Columns say={say} names={['column.advisor', 'column.made', 'column.used', 'column.deed']} />
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
                      <RowDeed
                        label={say('passkeys.revoke.label', { name: passkey.advisorName })}
                        onDeed={() => setLeaving(passkey)}
                      >
                        {say('revoke')}
                      </RowDeed>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
      {desk.own && session.actor.kind === 'operator' && <OwnPasskeysPart own={desk.own} voice={voice} />}
      {leaving && (
        <DeedDialog
          desk={desk}
          voice={voice}
          title={say('passkeys.revoke.title', { name: leaving.advisorName })}
          deed={say('passkeys.revoke.do')}
          grave
          work={() => revoke(leaving)}
          onLeave={() => setLeaving(null)}
        >
          <p>{say('passkeys.revoke.words', { name: leaving.advisorName, tablet: leaving.madeOn })}</p>
        </DeedDialog>
      )}
    </>
  );
}
