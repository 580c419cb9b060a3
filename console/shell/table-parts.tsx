import type { ReactNode } from 'react';
import type { MessageId, Say } from './words.ts';

/** The head of a table: a word over each column. */
export function Columns({
  say,
  names,
  number,
}: {
  readonly say: Say;
  readonly names: readonly MessageId[];
  /** The column that has figures. */
  readonly number?: MessageId;
}): ReactNode {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col" className={name === number ? 'number' : undefined}>
            {name === 'column.deed' ? <span className="unseen">{say(name)}</span> : say(name)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A button in a row, whose full name tells what it is about. */
export function RowDeed({
  label,
  onDeed,
  children,
}: {
  readonly label: string;
  readonly onDeed: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <button className="small" type="button" aria-label={label} onClick={onDeed}>
      {children}
    </button>
  );
}
