import { useEffect, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useKiosk, useSay, useSend } from '../app/kiosk-context.tsx';
import type { MirrorStatus } from '../wiring/mirror-status.ts';
import { Icon } from './icon.tsx';

/** A mirror that opens within so long needs no more words. */
const patienceMs = 5_000;

/**
 * How the mirror stands, in one quiet sentence with a next step; nothing while all is well. An advisor is always a next
 * step too, at the usual place.
 */
export function MirrorWords({
  status,
  hint = null,
}: {
  readonly status: MirrorStatus | 'declined';
  /** Said while all is well. */
  readonly hint?: string | null;
}): ReactNode {
  const { mirror } = useKiosk();
  const say = useSay();
  const send = useSend();
  const isSlow = useIsSlow(status === 'starting');
  const isWell = status === 'off' || status === 'tracking';
  const sentence = isWell ? hint : say(isSlow ? 'mirror.slow' : `mirror.${status}`);
  const canRetry =
    status === 'camera-missing' ||
    status === 'camera-denied' ||
    status === 'camera-unplugged' ||
    status === 'camera-busy' ||
    status === 'tracker-failed';
  return (
    <div className="mirror-words" data-empty={sentence === null} role="status">
      {sentence && <p>{sentence}</p>}
      {canRetry && (
        <Button className="secondary over-mirror" onPress={() => mirror.retry()}>
          {say('mirror.retry')}
        </Button>
      )}
      {status === 'declined' && (
        <Button className="secondary over-mirror" onPress={() => send({ type: 'reconsider-camera' })}>
          <Icon name="camera" />
          {say('wear.mirror.on')}
        </Button>
      )}
    </div>
  );
}

/** Whether the mirror has been opening for longer than anybody waits without a word. */
function useIsSlow(isStarting: boolean): boolean {
  const { clock } = useKiosk();
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isStarting) return undefined;
    const cancel = clock.after(patienceMs, () => setIsSlow(true));
    return () => {
      cancel();
      setIsSlow(false);
    };
  }, [clock, isStarting]);
  return isStarting && isSlow;
}
