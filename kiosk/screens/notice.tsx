import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useSay, useSend } from '../app/kiosk-context.tsx';

/** Names the words of the notice, so that a consent tells which ones were read. Changes with the words. */
export const noticeVersion = '2026-11-22';

/** What the camera does and does not do, and the client's choice. No camera opens before "begin" is touched. */
export function Notice(): ReactNode {
  const say = useSay();
  const send = useSend();
  const begin = say('welcome.begin');
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
        {say('welcome.consent', { begin })}
      </p>
      <div className="actions">
        <Button
          className="primary"
          aria-describedby="notice-consent"
          onPress={() => send({ type: 'consent', textVersion: noticeVersion })}
        >
          {begin}
        </Button>
        <Button className="secondary" onPress={() => send({ type: 'look-without-camera' })}>
          {say('welcome.without')}
        </Button>
      </div>
    </div>
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
