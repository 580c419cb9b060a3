import { Button } from 'react-aria-components';
import { useTablet } from '../app/tablet.ts';
import { useStore } from '../app/use-store.ts';

/** Between the floor's light and the back room's. */
export function LightSwitch() {
  const { lights, voice } = useTablet();
  const light = useStore(lights.state);
  return (
    <Button
      className="quiet light-switch"
      aria-label={voice.say('light.back-room')}
      aria-pressed={light === 'back-room'}
      onPress={() => lights.toggle()}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {light === 'back-room' ? (
          <path d="M12 4v2m0 12v2M4 12h2m12 0h2M6.3 6.3l1.5 1.5m8.4 8.4 1.5 1.5m0-11.4-1.5 1.5m-8.4 8.4-1.5 1.5M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0" />
        ) : (
          <path d="M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5" />
        )}
      </svg>
    </Button>
  );
}
