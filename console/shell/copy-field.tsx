import { useId, useState, type ReactNode } from 'react';
import type { Voice } from './voice.ts';

/** A text to be taken elsewhere: it can be copied by a touch, or by hand where the browser does not let the page write. */
export function CopyField({
  label,
  text,
  copyLabel,
  rows = 4,
  voice,
}: {
  readonly label: string;
  readonly text: string;
  readonly copyLabel: string;
  readonly rows?: number;
  readonly voice: Voice;
}): ReactNode {
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div className="fields">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} readOnly rows={rows} value={text} onFocus={(event) => event.currentTarget.select()} />
      <button className="plain" type="button" onClick={() => void copy()}>
        {copied ? voice.say('enrol.copied') : copyLabel}
      </button>
    </div>
  );
}
