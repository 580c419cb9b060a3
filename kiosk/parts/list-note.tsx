import type { ReactNode } from 'react';
import { useSay, useVisit } from '../app/kiosk-context.tsx';

/** What became of the list that the client brought, until another piece is chosen. */
export function ListNote(): ReactNode {
  const { list } = useVisit();
  const say = useSay();
  if (list === null) return null;
  return (
    <p className="list-note" role="status">
      {say('list.came', list)}
    </p>
  );
}
