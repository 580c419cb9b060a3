import { Button, Radio, RadioGroup } from 'react-aria-components';
import { fingerOf } from '../../protocol/look.ts';
import { Finger } from '../../protocol/finger.ts';
import type { Worn } from '../../protocol/session.ts';
import { fingerWords } from '../../sdk/fit/piece-words.ts';
import { useTablet } from '../app/tablet.ts';

/** On which finger the ring is worn, and the way to wear another one with it. */
export function RingFingers({ worn, onAnother }: { readonly worn: Worn; readonly onAnother: () => void }) {
  const { desk, live, voice } = useTablet();
  const { say, locale } = voice;
  return (
    <div className="ring-fingers">
      <RadioGroup
        className="variants"
        aria-label={say('together.finger')}
        orientation="horizontal"
        isDisabled={!live}
        value={fingerOf(worn)}
        onChange={(chosen) => {
          const finger = Finger.safeParse(chosen);
          if (finger.success) void desk.wear({ ...worn, finger: finger.data });
        }}
      >
        {Finger.options.map((finger) => (
          <Radio key={finger} value={finger} className="chip chip-bare">
            {fingerWords(finger, locale)}
          </Radio>
        ))}
      </RadioGroup>
      <Button className="quiet" isDisabled={!live} onPress={onAnother}>
        {say('together.another')}
      </Button>
    </div>
  );
}
