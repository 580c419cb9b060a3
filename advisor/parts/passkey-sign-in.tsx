import { Button } from 'react-aria-components';
import type { Passkeys } from '../app/passkeys.ts';
import { useTablet } from '../app/tablet.ts';
import { useStore } from '../app/use-store.ts';
import { PasskeyNote } from './passkey-note.tsx';

/** The way in without a name or a PIN: whose passkey it is, it says itself. */
export function PasskeySignIn({ passkeys }: { readonly passkeys: Passkeys }) {
  const { voice, live } = useTablet();
  const { busy, said } = useStore(passkeys.state);
  return (
    <div className="passkey-way">
      <Button className="secondary" isDisabled={busy || !live} onPress={() => void passkeys.signIn()}>
        {voice.say(busy ? 'passkey.busy' : 'passkey.sign-in')}
      </Button>
      <PasskeyNote said={said} />
    </div>
  );
}
