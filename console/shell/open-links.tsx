import { useState, type ReactNode } from 'react';
import type { OpenEnrolment } from '../../protocol/console.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { SectionProps } from './section-props.ts';
import { storeName } from './store-select.tsx';
import { wordFor } from './words.ts';

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
        <thead>
          <tr>
            <th scope="col">{say('column.device')}</th>
            <th scope="col">{say('column.boutique')}</th>
            <th scope="col">{say('links.until')}</th>
            <th scope="col">
              <span className="unseen">{say('column.deed')}</span>
            </th>
          </tr>
        </thead>
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
                <button
                  className="small"
                  type="button"
                  aria-label={say('links.withdraw.label', { name: link.name })}
                  onClick={() => setLeaving(link)}
                >
                  {say('links.withdraw')}
                </button>
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
