import { useEffect, useState, type ReactNode } from 'react';
import type { OperatorPasskey } from '../../protocol/operator-passkey.ts';
import { Choices } from './choices.tsx';
import { Dialog } from './dialog.tsx';
import { FieldsForm } from './fields-form.tsx';
import type { OwnPasskeys } from './own-passkeys.ts';
import { TextField } from './text-field.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { Columns, RowDeed } from './table-parts.tsx';

/** The operator's own passkeys: what there are, one more, and one fewer. */
export function OwnPasskeysPart({
  own,
  voice,
}: {
  readonly own: OwnPasskeys;
  readonly voice: Voice;
}): ReactNode {
  const { say, time } = voice;
  const { passkeys, said, busy } = useStore(own.state);
  const [name, setName] = useState('');
  const [leaving, setLeaving] = useState<OperatorPasskey | null>(null);
  useEffect(() => {
    void own.read();
    return () => own.forget();
  }, [own]);
  const all = typeof passkeys === 'string' ? [] : passkeys;
  const isReady = name.trim() !== '' && !busy;
  const isGood = said === 'made' || said === 'revoked';
  return (
    <section className="own" aria-labelledby="own-passkeys">
      <h2 id="own-passkeys">{say('own-passkeys.title')}</h2>
      <p className="lead">{say('own-passkeys.lead')}</p>
      {passkeys === 'failed' && <p className="note bad">{say('read-failed')}</p>}
      {all.length > 0 && (
        <table className="devices">
          <caption className="unseen">{say('own-passkeys.title')}</caption>
          <Columns say={say} names={['column.passkey', 'column.made-at', 'column.used', 'column.deed']} />
          <tbody>
            {all.map((passkey) => (
              <tr key={passkey.id}>
                <th scope="row">{passkey.name}</th>
                <td data-label={say('column.made-at')}>{time(passkey.madeAtMs)}</td>
                <td data-label={say('column.used')}>
                  {passkey.usedAtMs === null ? <span className="faint">–</span> : time(passkey.usedAtMs)}
                </td>
                <td className="deed-cell">
                  <RowDeed
                    label={say('own-passkeys.revoke.label', { name: passkey.name })}
                    onDeed={() => setLeaving(passkey)}
                  >
                    {say('revoke')}
                  </RowDeed>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <FieldsForm
        ready={isReady}
        onSend={() => void own.make(name.trim()).then((made) => made && setName(''))}
      >
        <TextField
          id="own-passkey-name"
          label={say('own-passkeys.name')}
          help={say('own-passkeys.name.help')}
          value={name}
          onChange={setName}
        />
        <div role={isGood ? 'status' : 'alert'}>
          {said && <p className={isGood ? 'note' : 'note bad'}>{say(`own-passkeys.said.${said}`)}</p>}
        </div>
        <button className="deed" type="submit" disabled={!isReady}>
          {say('own-passkeys.make')}
        </button>
      </FieldsForm>
      {leaving && (
        <Dialog
          title={say('own-passkeys.revoke.title', { name: leaving.name })}
          onClose={() => setLeaving(null)}
        >
          <p>{say('own-passkeys.revoke.words')}</p>
          <Choices
            say={say}
            deed={say('passkeys.revoke.do')}
            grave
            disabled={busy}
            onLeave={() => setLeaving(null)}
            onDeed={() => void own.revoke(leaving.id).then(() => setLeaving(null))}
          />
        </Dialog>
      )}
    </section>
  );
}
