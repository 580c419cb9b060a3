import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useSay, useSend } from '../app/kiosk-context.tsx';

/** Names the words of the notice, so that a consent tells which ones were read. Changes with the words. */
export const noticeVersion = '2026-11-26';

/** What the camera does and does not do, and the client's choice. No camera opens before "begin" is touched. */
export function Notice(): ReactNode {
  const say = useSay();
  const send = useSend();
  const begin = say('welcome.begin');
  return (
    <NoticePanel
      consent={say('welcome.consent', { begin })}
      yes={begin}
      onYes={() => send({ type: 'consent', textVersion: noticeVersion })}
    >
      <Button className="secondary" onPress={() => send({ type: 'look-without-camera' })}>
        {say('welcome.without')}
      </Button>
    </NoticePanel>
  );
}

/** What the camera does and never does, what a yes means, and the yes beside whatever else there is to choose. */
export function NoticePanel({
  consent,
  yes,
  onYes,
  children,
}: {
  readonly consent: string;
  readonly yes: string;
  readonly onYes: () => void;
  /** The other choice. `notice-consent` describes it where the words tell of it too. */
  readonly children: ReactNode;
}): ReactNode {
  const say = useSay();
  return (
    <div className="notice">
      <dl className="notice-points">
        <div>
          <dt>{say('welcome.camera.title')}</dt>
          <dd>{say('welcome.camera.words')}</dd>
        </div>
        <div>
          <dt>{say('welcome.never.title')}</dt>
          <dd>{say('welcome.never.words')}</dd>
        </div>
      </dl>
      <p className="notice-consent" id="notice-consent">
        {consent}
      </p>
      <div className="actions">
        <Button className="primary" aria-describedby="notice-consent" onPress={onYes}>
          {yes}
        </Button>
        {children}
      </div>
    </div>
  );
}

/** The notice for whoever joins the client in the mirror: they touch for themselves, or the mirror does not follow them. */
export function JoinNotice(): ReactNode {
  const say = useSay();
  const send = useSend();
  const join = say('join.yes');
  return (
    <main className="screen page">
      <header className="page-head">
        <h1>{say('join.title')}</h1>
        <p className="lead">{say('join.lead')}</p>
      </header>
      <NoticePanel
        consent={say('join.consent', { join })}
        yes={join}
        onYes={() => send({ type: 'join', textVersion: noticeVersion })}
      >
        <Button className="secondary" onPress={() => send({ type: 'back' })}>
          {say('join.no')}
        </Button>
      </NoticePanel>
    </main>
  );
}

/** The notice again, for who looked without a camera and would now like the mirror. */
export function NoticeAgain(): ReactNode {
  const say = useSay();
  return (
    <main className="screen page">
      <header className="page-head">
        <h1>{say('notice.title')}</h1>
      </header>
      <Notice />
    </main>
  );
}
