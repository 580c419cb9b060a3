import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Advisor } from '../../protocol/device.ts';
import { PasskeySignIn } from '../parts/passkey-sign-in.tsx';
import { PinPad } from '../parts/pin-pad.tsx';
import { LineNote } from '../parts/line-note.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { useTablet } from '../app/tablet.ts';

/** Who takes this tablet: a name, then a PIN. */
export function SignInScreen() {
  const { desk, known, voice, live, passkeys } = useTablet();
  const { say } = voice;
  const [chosen, setChosen] = useState<Advisor | null>(null);
  return (
    <main className="screen sign-in" data-chosen={chosen !== null || undefined}>
      <div className="sign-in-who">
        <LineNote />
        {known.waitingSecret && (
          <p className="line-note" aria-live="polite">
            {say('sign-in.claim-waits')}
          </p>
        )}
        <h1>{say('sign-in.title')}</h1>
        <AdvisorList
          chosen={chosen}
          onChoose={(advisor) => {
            desk.clearSignIn();
            setChosen(advisor);
          }}
        />
        {passkeys && !chosen && <PasskeySignIn passkeys={passkeys} />}
      </div>
      {chosen && (
        <section className="sign-in-pin" aria-labelledby="pin-title">
          <h2 id="pin-title">{say('sign-in.pin', { name: chosen.name })}</h2>
          <PinPad
            key={chosen.id}
            busy={known.signIn.busy || !live}
            onType={() => known.signIn.refusal && desk.clearSignIn()}
            onEnter={(pin) => void desk.signIn(chosen.id, pin)}
          />
          <RefusalNotice attempt="sign-in" refusal={known.signIn.refusal} />
          <Button className="quiet" onPress={() => setChosen(null)}>
            {say('sign-in.back')}
          </Button>
        </section>
      )}
    </main>
  );
}

function AdvisorList({
  chosen,
  onChoose,
}: {
  readonly chosen: Advisor | null;
  readonly onChoose: (advisor: Advisor) => void;
}) {
  const { desk, known, voice } = useTablet();
  const { say, locale } = voice;
  const { advisors } = known;
  if (advisors === 'unread') return <p className="lead">{say('sign-in.busy')}</p>;
  if (advisors === 'failed')
    return (
      <div className="notice-place" role="alert">
        <p className="notice">{say('sign-in.list-failed')}</p>
        <Button className="secondary" onPress={() => void desk.readAdvisors()}>
          {say('sign-in.again')}
        </Button>
      </div>
    );
  if (advisors.length === 0) return <p className="lead">{say('sign-in.nobody')}</p>;
  return (
    <ul className="advisors" aria-label={say('sign-in.choose')}>
      {advisors.map((advisor) => (
        <li key={advisor.id}>
          <Button
            className="advisor"
            aria-pressed={chosen?.id === advisor.id}
            onPress={() => onChoose(advisor)}
          >
            <span className="advisor-name">{advisor.name}</span>
            <span className="advisor-title">{advisor.title[locale]}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
