import type { ReactNode } from 'react';

/** Fields, one below the other, that are sent together. */
export function FieldsForm({
  ready,
  onSend,
  children,
}: {
  /** It may be sent now: all is filled in, and nothing is on its way. */
  readonly ready: boolean;
  readonly onSend: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend();
      }}
    >
      {children}
    </form>
  );
}
