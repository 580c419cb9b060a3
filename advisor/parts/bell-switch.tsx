import { Switch } from 'react-aria-components';
import { useTablet } from '../app/tablet.ts';
import { useStore } from '../app/use-store.ts';

/** The quiet tone and tremble of this tablet when a mirror calls. */
export function BellSwitch() {
  const { bell, voice } = useTablet();
  const isOn = useStore(bell.isOn);
  return (
    <Switch className="bell" isSelected={isOn} onChange={(on) => bell.set(on)}>
      <span className="bell-track" aria-hidden="true" />
      {voice.say('board.bell')}
    </Switch>
  );
}
