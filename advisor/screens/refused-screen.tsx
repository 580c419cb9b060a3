import { Button } from 'react-aria-components';
import { useTablet } from '../app/tablet.ts';
import { EnrolScreen } from './enrol-screen.tsx';

/** The server will not have this device, and says why. */
export function RefusedScreen() {
  const { line, voice } = useTablet();
  const { say } = voice;
  if (line.status.kind !== 'refused') return null;
  const { code } = line.status;
  if (code === 'unsupported-version')
    return (
      <main className="screen rest">
        <div className="column">
          <h1>{say('refused.title')}</h1>
          <p className="lead">{say('refused.version')}</p>
          <Button className="primary" onPress={() => location.reload()}>
            {say('refused.reload')}
          </Button>
        </div>
      </main>
    );
  return <EnrolScreen why={say(code === 'forbidden' ? 'refused.forbidden' : 'refused.unauthenticated')} />;
}
