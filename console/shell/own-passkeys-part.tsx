import { useEffect, useState, type ReactNode } from 'react';
import type { OperatorPasskey } from '../../protocol/operator-passkey.ts';
import { Dialog } from './dialog.tsx';
import type { OwnPasskeys } from './own-passkeys.ts';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';

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
  const isGood = said === 'made' || said === 'revoked';
  return (
    <section className="own" aria-labelledby="own-passkeys">
      <h2 id="own-passkeys">{say('own-passkeys.title')}</h2>
      <p className="lead">{say('own-passkeys.lead')}</p>
      {passkeys === 'failed' && <p className="note bad">{say('read-failed')}</p>}
      {all.length > 0 && (
        <table className="devices">
          <caption className="unseen">{say('own-passkeys.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('column.passkey')}</th>
              <th scope="col">{say('column.made-at')}</th>
              <th scope="col">{say('column.used')}</th>
              <th scope="col">
                <span className="unseen">{say('column.deed')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map((passkey) => (
              <tr key={passkey.id}>
                <th scope="row">{passkey.name}</th>
                <td data-label={say('column.made-at')}>{time(passkey.madeAtMs)}</td>
                <td data-label={say('column.used')}>
                  {passkey.usedAtMs === null ? <span className="faint">–</span> : time(passkey.usedAtMs)}
                </td>
                <td className="deed-cell">
                  <button
                    className="small"
                    type="button"
                    aria-label={say('own-passkeys.revoke.label', { name: passkey.name })}
                    onClick={() => setLeaving(passkey)}
                  >
                    {say('revoke')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '' || busy) return;
          void own.make(name.trim()).then((made) => made && setName(''));
        }}
      >
        <label htmlFor="own-passkey-name">{say('own-passkeys.name')}</label>
        <input
          id="own-passkey-name"
          autoComplete="off"
          maxLength={60}
          required
          value={name}
          aria-describedby="own-passkey-help"
          onChange={(event) => setName(event.target.value)}
        />
        <p className="help" id="own-passkey-help">
          {say('own-passkeys.name.help')}
        </p>
        <div role={isGood ? 'status' : 'alert'}>
          {said && <p className={isGood ? 'note' : 'note bad'}>{say(`own-passkeys.said.${said}`)}</p>}
        </div>
        <button className="deed" type="submit" disabled={busy || name.trim() === ''}>
          {say('own-passkeys.make')}
        </button>
      </form>
      {leaving && (
        <Dialog
          title={say('own-passkeys.revoke.title', { name: leaving.name })}
          onClose={() => setLeaving(null)}
        >
          <p>{say('own-passkeys.revoke.words')}</p>
          <div className="choices">
            <button className="plain" type="button" onClick={() => setLeaving(null)}>
              {say('cancel')}
            </button>
            <button
              className="deed grave"
              type="button"
              disabled={busy}
              onClick={() => void own.revoke(leaving.id).then(() => setLeaving(null))}
            >
              {say('passkeys.revoke.do')}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
