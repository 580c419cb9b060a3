import type { ReactNode } from 'react';
import { auditActions } from '../../protocol/audit.ts';
import type { ConsoleSession, NamedAuditEntry } from '../../protocol/console.ts';
import { StoreSelect, storeName } from './store-select.tsx';
import { ReadingNote } from './reading-note.tsx';
import type { SectionProps } from './section-props.ts';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { wordFor, type Say } from './words.ts';
import { Columns } from './table-parts.tsx';

/** The trail, the newest first: what was done, by whom, to whom. */
export function AuditSection({ desk, session, voice }: SectionProps): ReactNode {
  const { say } = voice;
  const { audit: reading, auditFilter, refusal } = useStore(desk.state);
  return (
    <>
      <p className="lead">{say('audit.lead')}</p>
      <div className="tools">
        <div className="choice">
          <label htmlFor="audit-action">{say('audit.action')}</label>
          <select
            id="audit-action"
            value={auditFilter.action ?? ''}
            onChange={(event) => {
              const chosen = auditActions.find((action) => action === event.target.value);
              void desk.filterAudit({ action: chosen ?? null });
            }}
          >
            <option value="">{say('audit.action.all')}</option>
            {auditActions.map((action) => (
              <option key={action} value={action}>
                {wordFor(say, 'action', action)}
              </option>
            ))}
          </select>
        </div>
        <StoreSelect
          label={say('devices.store')}
          session={session}
          value={auditFilter.store ?? ''}
          onChange={(store) => void desk.filterAudit({ store: store === '' ? null : store })}
        >
          <option value="">{say('devices.store.all')}</option>
        </StoreSelect>
      </div>
      <ReadingNote reading={reading} readAtMs={null} refusal={refusal} voice={voice} />
      {reading.value && reading.value.entries.length === 0 && <p className="empty">{say('audit.none')}</p>}
      {reading.value && reading.value.entries.length > 0 && (
        <>
          <table className="audit">
            <Columns
              say={say}
              names={[
                'column.when',
                'column.what',
                'column.whom',
                'column.who',
                'column.where',
                'column.why',
              ]}
            />
            <tbody>
              {reading.value.entries.map((entry) => (
                <AuditRow
                  key={`${entry.maisonId} ${entry.seq}`}
                  entry={entry}
                  session={session}
                  voice={voice}
                />
              ))}
            </tbody>
          </table>
          {reading.value.next === null ? (
            <p className="faint end">{say('audit.end')}</p>
          ) : (
            <button className="plain end" type="button" onClick={() => void desk.moreAudit()}>
              {say('audit.more')}
            </button>
          )}
        </>
      )}
    </>
  );
}

function AuditRow({
  entry,
  session,
  voice,
}: {
  readonly entry: NamedAuditEntry;
  readonly session: ConsoleSession;
  readonly voice: Voice;
}): ReactNode {
  const { say, time } = voice;
  const { atMs, action, storeId, maisonId, subject, subjectName, reason, actor, actorName } = entry;
  const maison = session.maisons.find(({ id }) => id === maisonId)?.name ?? maisonId;
  return (
    <tr>
      <td className="when">{time(atMs)}</td>
      <th scope="row">{wordFor(say, 'action', action)}</th>
      <td data-label={say('column.whom')}>{subjectName ?? short(subject)}</td>
      <td data-label={say('column.who')}>{actorName ?? actorWords(actor, say)}</td>
      <td data-label={say('column.where')}>
        {maison}
        {storeId !== null && `, ${storeName(session, storeId)}`}
      </td>
      <td data-label={say('column.why')}>{reason === null ? '–' : wordFor(say, 'role', reason)}</td>
    </tr>
  );
}

function actorWords({ kind, id }: NamedAuditEntry['actor'], say: Say): string {
  const word = wordFor(say, 'actor', kind);
  return id === null ? word : `${word} ${short(id)}`;
}

/** The beginning of a pseudonym is enough to tell two apart. */
function short(id: string | null): string {
  if (id === null) return '–';
  return id.length > 16 ? `${id.slice(0, 8)}…` : id;
}
