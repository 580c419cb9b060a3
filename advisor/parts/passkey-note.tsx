import type { PasskeyWord } from '../app/passkeys.ts';
import { useTablet } from '../app/tablet.ts';

/** What became of a passkey's attempt. Its place is always there, so that it is heard when it fills. */
export function PasskeyNote({ said }: { readonly said: PasskeyWord | null }) {
  const { voice } = useTablet();
  return (
    <div className="notice-place" aria-live="polite">
      {said && <p className="notice">{voice.say(`passkey.said.${said}`)}</p>}
    </div>
  );
}
