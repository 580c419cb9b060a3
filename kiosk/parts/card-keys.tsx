import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from './icon.tsx';

const rows = ['1234567890', 'ABCDEFGHIJ', 'KLMNOPQRST', 'UVWXYZ-'] as const;

/** Letters and digits for a card, for a mirror that has no keyboard. */
export function CardKeys({
  onKey,
  onDelete,
  label,
  deleteLabel,
}: {
  onKey: (key: string) => void;
  onDelete: () => void;
  label: string;
  deleteLabel: string;
}): ReactNode {
  return (
    <div className="card-keys" role="group" aria-label={label}>
      {rows.flatMap((row) =>
        Array.from(row, (key) => (
          <Button key={key} className="card-key" onPress={() => onKey(key)}>
            {key}
          </Button>
        )),
      )}
      <Button className="card-key card-key-delete" aria-label={deleteLabel} onPress={onDelete}>
        <Icon name="back" />
      </Button>
    </div>
  );
}
