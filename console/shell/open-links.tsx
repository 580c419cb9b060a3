import { useState, type ReactNode } from 'react';
import type { OpenEnrolment } from '../../protocol/console.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { SectionProps } from './section-props.ts';
import { storeName } from './store-select.tsx';
import { wordFor } from './words.ts';
import { Columns, RowDeed } from './table-parts.tsx';

/** Links for new devices that nobody has used yet. */
export function OpenLinks({
  links,
  desk,
  session,
  voice,
}: SectionProps & { readonly links: readonly OpenEnrolment[] }): ReactNode {
  const { say, time } = voice;
  const [leaving, setLeaving] = useState<OpenEnrolment | null>(null);
  if (links.length === 0) return null;
  return (
    <>
      <table className="links">
        <caption>{say('links.title')}</caption>
        <Columns say={say} names={['column.device', 'column.boutique', 'links.until', 'column.deed']} />
        <tbody>
          {links.map((link) => (
            <tr key={link.id}>
              <th scope="row">
                {link.name}
                <span className="under">{wordFor(say, 'role', link.role)}</span>
              </th>
              <td data-label={say('column.boutique')}>{storeName(session, link.storeId)}</td>
              <td data-label={say('links.until')}>{time(link.expiresAtMs)}</td>
              <td className="deed-cell">
                <RowDeed
                  label={say('links.withdraw.label', { name: link.name })}
                  onDeed={() => setLeaving(link)}
                >
                  {say('links.withdraw')}
                </RowDeed>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {leaving && (
        <ConfirmDialog
          desk={desk}
          voice={voice}
          title={say('links.withdraw.title', { name: leaving.name })}
          words={say('links.withdraw.words')}
          deed={say('links.withdraw')}
          work={() => desk.withdrawLink(leaving.id)}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  );
}
