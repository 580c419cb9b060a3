import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Advisor } from '../../protocol/device.ts';
import { ChoosePin } from '../parts/choose-pin.tsx';
import { PasskeySignIn } from '../parts/passkey-sign-in.tsx';
import { PinPad } from '../parts/pin-pad.tsx';
import { LineNote } from '../parts/line-note.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { useTablet } from '../app/tablet.ts';

/** How often the list of names is read again. */
const listAgainMs = 15_000;

/** Who takes this tablet: a name, then a PIN; or, the first time, a start code and a PIN of one's own. */
export function SignInScreen() {
  const { desk, known, voice, live, passkeys, clock } = useTablet();
  const { say } = voice;
  const [chosen, setChosen] = useState<Advisor | null>(null);
  const [hasCode, setHasCode] = useState(false);
  const { busy, refusal } = known.signIn;
  const clear = () => {
    if (refusal) desk.clearSignIn();
  };
  // Whoever was added while the tablet lay here finds their name on it.
  useEffect(() => {
    if (!live) return;
    let cancel = () => {};
    const wait = () => {
      cancel = clock.after(listAgainMs, () => {
        void desk.readAdvisors();
        wait();
      });
    };
    wait();
    return () => cancel();
  }, [clock, desk, live]);
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
            setHasCode(false);
          }}
        />
        {passkeys && !chosen && <PasskeySignIn passkeys={passkeys} />}
      </div>
      {chosen && (
        <section className="sign-in-pin" aria-labelledby="pin-title">
          <h2 id="pin-title">{say(hasCode ? 'pin.welcome' : 'sign-in.pin', { name: chosen.name })}</h2>
          {hasCode ? (
            <ChoosePin
              key={chosen.id}
              by="code"
              busy={busy || !live}
              refusal={refusal}
              onType={clear}
              onWhole={({ proof, pin }) => void desk.startWithCode(chosen.id, proof, pin)}
            />
          ) : (
            <>
              <PinPad
                key={chosen.id}
                busy={busy || !live}
                onType={clear}
                onEnter={(pin) => void desk.signIn(chosen.id, pin)}
              />
              <RefusalNotice attempt="sign-in" refusal={refusal} />
            </>
          )}
          <Button
            className="quiet"
            onPress={() => {
              desk.clearSignIn();
              setHasCode(!hasCode);
            }}
          >
            {say(hasCode ? 'pin.have-pin' : 'pin.have-code')}
          </Button>
          <Button className="quiet sign-in-back" onPress={() => setChosen(null)}>
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
