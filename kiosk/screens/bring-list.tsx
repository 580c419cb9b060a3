import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { startScan } from '../../sdk/codes/scan-camera.ts';
import { useKiosk, useLink, useSay, useSend, useVisit } from '../app/kiosk-context.tsx';
import { readList, type ListStep } from '../wiring/list-reader.ts';
import { NoticePanel, noticeVersion } from './notice.tsx';

/** The client holds their phone's code before the mirror. No camera opens before they have said yes to it, here or at the welcome. */
export function BringList(): ReactNode {
  const { consent } = useVisit();
  const { status } = useLink();
  const say = useSay();
  const [codeOnly, setCodeOnly] = useState(false);
  const [tries, setTries] = useState(0);
  if (status.kind !== 'live')
    return (
      <main className="screen page list-page">
        <div className="page-head" role="status">
          <h1>{say('list.title')}</h1>
          <p className="lead">{say('list.offline')}</p>
        </div>
      </main>
    );
  if (consent === null && !codeOnly) return <ListNotice onCodeOnly={() => setCodeOnly(true)} />;
  return <Finder key={tries} onAgain={() => setTries(tries + 1)} />;
}

/** What the camera does, and two ways to say yes: to the mirror, or to reading the code and nothing more. */
function ListNotice({ onCodeOnly }: { onCodeOnly: () => void }): ReactNode {
  const say = useSay();
  const send = useSend();
  const begin = say('welcome.begin');
  const only = say('list.only');
  return (
    <main className="screen page">
      <header className="page-head">
        <h1>{say('list.title')}</h1>
        <p className="lead">{say('list.lead')}</p>
      </header>
      <NoticePanel
        consent={say('list.consent', { begin, only })}
        yes={begin}
        onYes={() => send({ type: 'consent', textVersion: noticeVersion })}
      >
        <Button className="secondary" aria-describedby="notice-consent" onPress={onCodeOnly}>
          {only}
        </Button>
      </NoticePanel>
    </main>
  );
}

function Finder({ onAgain }: { onAgain: () => void }): ReactNode {
  const { clock, collection, link } = useKiosk();
  const say = useSay();
  const send = useSend();
  const video = useRef<HTMLVideoElement>(null);
  const [step, setStep] = useState<ListStep>('opening');
  const start = useEffectEvent((element: HTMLVideoElement) =>
    readList(element, {
      scan: startScan,
      clock,
      catalogue: collection.catalogue,
      ask: (secret) => link.command('wish-list.show', { secret }),
      onStep: setStep,
      onCame: (list) => send({ type: 'list-came', ...list }),
    }),
  );
  useEffect(() => (video.current ? start(video.current) : undefined), []);
  const looks = step === 'opening' || step === 'looking' || step === 'foreign';
  const isOver = !looks && step !== 'checking';
  return (
    <main className="screen page list-page" aria-busy={step === 'checking'}>
      <div className="page-head">
        <h1>{say(isOver ? 'list.title' : 'list.hold')}</h1>
        <p className="lead" role="status">
          {say(`list.${step}`)}
        </p>
      </div>
      {!isOver && (
        <div className="list-frame" data-step={step}>
          {/* A mirror: nothing is to be heard in it, and what is to be seen stands before it. */}
          <video ref={video} muted playsInline aria-hidden="true" />
          <span className="list-corners" aria-hidden="true" />
          {step === 'checking' && <span className="progress" aria-hidden="true" />}
        </div>
      )}
      {isOver && (
        <div className="actions">
          <Button className="primary" onPress={onAgain}>
            {say('list.again')}
          </Button>
        </div>
      )}
    </main>
  );
}
