import { useState, type ReactNode } from 'react';
import type { LinkState } from '../../sdk/sync/link.ts';
import type { ConsoleDesk } from './console-desk.ts';
import { FieldsForm } from './fields-form.tsx';
import { Refusal } from './refusal.tsx';
import { TextField } from './text-field.tsx';
import { useStore } from './use-store.ts';
import type { OwnPasskeys } from './own-passkeys.ts';
import type { Say } from './words.ts';

/** Nobody is signed in: by the operator's token, or as the console that this browser is. The token is kept nowhere. */
export function SignInScreen({
  desk,
  say,
  language,
}: {
  readonly desk: ConsoleDesk;
  readonly say: Say;
  readonly language: ReactNode;
}): ReactNode {
  const { refusal, ended, busy } = useStore(desk.state);
  const [token, setToken] = useState('');
  const isReady = token.trim() !== '' && !busy;
  const send = async () => {
    await desk.signIn({ by: 'operator-token', token: token.trim() });
    setToken('');
  };
  return (
    <main className="alone">
      <header className="alone-bar">
        <p className="wordmark">Vitrine</p>
        {language}
      </header>
      <h1>{say('sign-in.title')}</h1>
      <p className="lead">{say(ended ? 'sign-in.ended' : 'sign-in.lead')}</p>
      {desk.link && <AsConsole desk={desk} state={desk.link.state} say={say} />}
      {desk.own && <ByPasskey own={desk.own} say={say} />}
      <FieldsForm ready={isReady} onSend={() => void send()}>
        <TextField
          id="token"
          type="password"
          spellCheck={false}
          label={say('sign-in.token')}
          help={say('sign-in.token.help')}
          most={256}
          value={token}
          onChange={setToken}
        />
        <Refusal refusal={refusal} say={say} />
        <button className="deed" type="submit" disabled={!isReady}>
          {say('sign-in.send')}
        </button>
      </FieldsForm>
    </main>
  );
}

function ByPasskey({ own, say }: { readonly own: OwnPasskeys; readonly say: Say }): ReactNode {
  const { busy, said } = useStore(own.state);
  return (
    <section className="as-console">
      <button className="deed" type="button" disabled={busy} onClick={() => void own.signIn()}>
        {say('sign-in.passkey')}
      </button>
      <div role="alert">{said && <p className="note bad">{say(`own-passkeys.said.${said}`)}</p>}</div>
      <p className="or">{say('sign-in.or.token')}</p>
    </section>
  );
}

function AsConsole({
  desk,
  state,
  say,
}: {
  readonly desk: ConsoleDesk;
  readonly state: NonNullable<ConsoleDesk['link']>['state'];
  readonly say: Say;
}): ReactNode {
  const { identity, status }: LinkState = useStore(state);
  if (!identity || status.kind === 'refused') return null;
  const { name, maisonName: maison } = identity;
  return (
    <section className="as-console">
      <p>{say('sign-in.console.lead', { name, maison })}</p>
      <button className="deed" type="button" onClick={() => void desk.signInAsConsole()}>
        {say('sign-in.console', { name })}
      </button>
      <p className="or">{say('sign-in.or')}</p>
    </section>
  );
}
