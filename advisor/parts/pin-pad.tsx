import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { longestPin, shortestPin } from '../../protocol/pin.ts';
import { useTablet } from '../app/tablet.ts';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** A pad for one thumb. The PIN lives in this component only, and is forgotten with every attempt. */
export function PinPad({
  busy,
  least = shortestPin,
  enter: enterWord,
  onEnter,
  onType,
}: {
  readonly busy: boolean;
  /** How many digits there must be. */
  readonly least?: number;
  /** What the last key says. */
  readonly enter?: string;
  readonly onEnter: (pin: string) => void;
  readonly onType: () => void;
}) {
  const { voice } = useTablet();
  const { say } = voice;
  const [pin, setPin] = useState('');
  const ready = pin.length >= least && !busy;
  const type = (digit: string) => {
    onType();
    setPin((typed) => (typed.length < longestPin ? typed + digit : typed));
  };
  const enter = () => {
    if (!ready) return;
    onEnter(pin);
    setPin('');
  };
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      if (/^\d$/.test(event.key)) type(event.key);
      else if (event.key === 'Backspace') setPin((typed) => typed.slice(0, -1));
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  });
  return (
    <div className="pin">
      <p className="unseen" aria-live="polite">
        {say('sign-in.entered', { count: pin.length })}
      </p>
      <p className="pin-dots" aria-hidden="true">
        {Array.from({ length: Math.max(least, pin.length) }, (_, index) => (
          <span key={index} data-filled={index < pin.length || undefined} />
        ))}
      </p>
      <div className="pin-keys">
        {digits.map((digit) => (
          <Button key={digit} className="pin-key" onPress={() => type(digit)}>
            {digit}
          </Button>
        ))}
        <Button
          className="pin-key pin-key-quiet"
          aria-label={say('sign-in.delete')}
          isDisabled={pin === ''}
          onPress={() => setPin((typed) => typed.slice(0, -1))}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M9 5h12v14H9l-6-7zM12.5 9.5l5 5m0-5l-5 5" />
          </svg>
        </Button>
        <Button className="pin-key" onPress={() => type('0')}>
          0
        </Button>
        <Button className="pin-key pin-key-enter" isDisabled={!ready} onPress={enter}>
          {busy ? say('sign-in.busy') : (enterWord ?? say('sign-in.enter'))}
        </Button>
      </div>
    </div>
  );
}
