import type { ReactNode } from 'react';
import type { Say } from './words.ts';

/** The end of a dialog that asks: a way out, and the deed. */
export function Choices({
  say,
  deed,
  grave = false,
  disabled,
  onLeave,
  onDeed,
}: {
  readonly say: Say;
  /** What the deed's button says. */
  readonly deed: string;
  /** The deed takes something away. */
  readonly grave?: boolean;
  readonly disabled: boolean;
  readonly onLeave: () => void;
  /** Left out in a form, which the button sends. */
  readonly onDeed?: () => void;
}): ReactNode {
  return (
    <div className="choices">
      <button className="plain" type="button" onClick={onLeave}>
        {say('cancel')}
      </button>
      <button
        className={grave ? 'deed grave' : 'deed'}
        type={onDeed ? 'button' : 'submit'}
        disabled={disabled}
        onClick={onDeed}
      >
        {deed}
      </button>
    </div>
  );
}

/** The end of a dialog that only shows something. */
export function CloseChoice({
  say,
  onClose,
}: {
  readonly say: Say;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <div className="choices">
      <button className="deed" type="button" onClick={onClose}>
        {say('close')}
      </button>
    </div>
  );
}
