import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useSay, useSend, useVisitSnapshot } from '../app/kiosk-context.tsx';
import { screenOf } from '../app/screen.ts';
import { BringListButton } from './bring-list-button.tsx';
import { Icon } from './icon.tsx';
import { LanguageChoice } from './language-choice.tsx';

/**
 * The lower edge of every screen of a visit: where to go on the one side, "Call an advisor" on the other, always at the
 * same place.
 */
export function Dock(): ReactNode {
  const snapshot = useVisitSnapshot();
  const say = useSay();
  const send = useSend();
  const screen = screenOf(snapshot);
  const { consent, session } = snapshot.context.visit;
  if (screen === 'attract' || screen === 'wiping') return null;
  const canGoBack = screen !== 'together' && (screen !== 'farewell' || session === null);
  const canCall = screen !== 'calling' && session === null;
  const canBringList = screen === 'discover' || screen === 'together';
  // Nobody agrees to a camera in a language that is not theirs: who brings a list comes past the welcome.
  const canChooseLanguage =
    screen === 'welcome' || (screen === 'list' && consent === null && session === null);
  const canFinish = screen !== 'welcome' && screen !== 'farewell';
  return (
    <nav className="dock" aria-label={say('dock.label')}>
      <div className="dock-start">
        {canGoBack && (
          <Button className="quiet" onPress={() => send({ type: 'back' })}>
            <Icon name="back" />
            {say(screen === 'farewell' ? 'farewell.back' : 'dock.back')}
          </Button>
        )}
        {canFinish && (
          <Button className="quiet" onPress={() => send({ type: 'leave' })}>
            {say('dock.finish')}
          </Button>
        )}
        {canBringList && <BringListButton />}
        {canChooseLanguage && <LanguageChoice />}
      </div>
      {canCall && (
        <Button className="call" onPress={() => send({ type: 'call-advisor' })}>
          <Icon name="advisor" />
          {say('call.button')}
        </Button>
      )}
    </nav>
  );
}
