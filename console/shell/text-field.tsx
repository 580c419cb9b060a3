import type { ReactNode } from 'react';

/** A line of text that must not stay empty, with its name and, where it has one, a word of help. */
export function TextField({
  id,
  label,
  value,
  onChange,
  help,
  most = 60,
  ...more
}: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string;
  /** Characters at the most. */
  readonly most?: number;
  readonly lang?: string;
  readonly type?: 'password';
  readonly spellCheck?: boolean;
}): ReactNode {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        {...more}
        id={id}
        autoComplete="off"
        maxLength={most}
        required
        value={value}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      />
      {help !== undefined && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </>
  );
}
