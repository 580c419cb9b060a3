import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { timeWithDay } from '../../sdk/session/spoken-time.ts';
import type { Passkeys } from '../app/passkeys.ts';
import { useTablet } from '../app/tablet.ts';
import { useStore } from '../app/use-store.ts';
import { PasskeyNote } from './passkey-note.tsx';

/** The advisor's passkeys: what there is, one more for this tablet, and each taken back. */
export function PasskeyCard({ passkeys }: { readonly passkeys: Passkeys }) {
  const { voice, live } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const { busy, said, passkeys: known } = useStore(passkeys.state);
  useEffect(() => {
    if (live) void passkeys.read();
  }, [passkeys, live]);
  const time = (atMs: number) => timeWithDay(atMs, nowMs, locale, timeZone);
  return (
    <section className="passkeys" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{say('passkey.title')}</h2>
      <p className="help">{say('passkey.words')}</p>
      {Array.isArray(known) && known.length > 0 && (
        <ul>
          {known.map(({ id, madeOn, madeAtMs, usedAtMs }) => (
            <li key={id} className="passkey">
              <span>
                {say('passkey.made-on', { tablet: madeOn, time: time(madeAtMs) })}
                <span className="passkey-used">
                  {usedAtMs === null ? say('passkey.unused') : say('passkey.used', { time: time(usedAtMs) })}
                </span>
              </span>
              <Button
                className="quiet"
                aria-label={say('passkey.remove.label', { tablet: madeOn, time: time(madeAtMs) })}
                isDisabled={busy || !live}
                onPress={() => void passkeys.remove(id)}
              >
                {say('passkey.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {known === 'failed' && <p className="notice">{say('passkey.failed')}</p>}
      <PasskeyNote said={said} />
      <Button className="secondary" isDisabled={busy || !live} onPress={() => void passkeys.make()}>
        {say(busy ? 'passkey.busy' : 'passkey.make')}
      </Button>
    </section>
  );
}
