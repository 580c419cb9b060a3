import { useState, type ReactNode } from 'react';
import type { BoardAdvisor } from '../../protocol/advisor.ts';
import { AdvisorDialog } from './advisor-dialog.tsx';
import { AdvisorRow, type AdvisorDeed } from './advisor-row.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { LockOutDialog } from './lock-out-dialog.tsx';
import { ReadingNote } from './reading-note.tsx';
import type { SectionProps } from './section-props.ts';
import { StartCodeDialog } from './start-code-dialog.tsx';
import { StoreSelect } from './store-select.tsx';
import { useStore } from './use-store.ts';
import { Columns } from './table-parts.tsx';
import { Check } from './check-fields.tsx';

/** What is being done, and to whom. */
type Deed = { readonly kind: 'add' } | { readonly kind: AdvisorDeed; readonly advisor: BoardAdvisor };

/** The advisors of one boutique: who there is, what each signs in with, and how they come and go. */
export function AdvisorsSection({ desk, session, voice }: SectionProps): ReactNode {
  const { say } = voice;
  const { advisors: reading, advisorStore: storeId, refusal } = useStore(desk.state);
  const [showsLeft, setShowsLeft] = useState(false);
  const [deed, setDeed] = useState<Deed | null>(null);
  const [said, setSaid] = useState('');
  const all = reading.value?.advisors ?? [];
  const shown = showsLeft ? all : all.filter(({ leftAtMs }) => leftAtMs === null);
  const props = { desk, session, voice };
  const close = () => setDeed(null);
  return (
    <>
      <p className="lead">{say('advisors.lead')}</p>
      <div className="tools">
        <StoreSelect
          label={say('devices.store')}
          session={session}
          value={storeId ?? ''}
          onChange={(next) => void desk.showAdvisorsOf(next)}
        />
        <Check label={say('advisors.left')} checked={showsLeft} onChange={setShowsLeft} />
        <button
          className="deed"
          type="button"
          disabled={storeId === null}
          onClick={() => setDeed({ kind: 'add' })}
        >
          {say('advisors.new')}
        </button>
      </div>
      <ReadingNote
        reading={reading}
        readAtMs={reading.value?.serverTimeMs ?? null}
        refusal={deed ? null : refusal}
        said={said}
        voice={voice}
      />
      {reading.value && shown.length === 0 && (
        <p className="empty">{say(all.length === 0 ? 'advisors.none' : 'advisors.hidden')}</p>
      )}
      {shown.length > 0 && (
        <table className="devices advisors">
          <Columns
            say={say}
            names={['column.advisor', 'column.sign-in', 'column.last-sign-in', 'column.deed']}
          />
          <tbody>
            {shown.map((advisor) => (
              <AdvisorRow
                key={advisor.id}
                advisor={advisor}
                voice={voice}
                onDeed={(kind) => setDeed({ kind, advisor })}
              />
            ))}
          </tbody>
        </table>
      )}
      {(deed?.kind === 'add' || deed?.kind === 'change') && (
        <AdvisorDialog
          {...props}
          advisor={deed.kind === 'change' ? deed.advisor : null}
          firstStoreId={storeId ?? ''}
          onClose={(done) => {
            if (done)
              setSaid(say(deed.kind === 'add' ? 'advisors.added' : 'advisors.changed', { name: done.name }));
            // Whoever is new needs a code before anything else.
            setDeed(done && deed.kind === 'add' ? { kind: 'code', advisor: done } : null);
          }}
        />
      )}
      {deed?.kind === 'code' && (
        <StartCodeDialog desk={desk} advisor={deed.advisor} voice={voice} onClose={close} />
      )}
      {deed?.kind === 'out' && (
        <LockOutDialog
          desk={desk}
          advisor={deed.advisor}
          voice={voice}
          onClose={(done) => {
            const { name } = deed.advisor;
            if (done)
              setSaid(say(done === 'for-now' ? 'advisors.out.done' : 'advisors.remove.done', { name }));
            close();
          }}
        />
      )}
      {deed?.kind === 'erase' && (
        <ConfirmDialog
          desk={desk}
          voice={voice}
          title={say('advisors.erase.title', { name: deed.advisor.name })}
          words={say('advisors.erase.words')}
          deed={say('advisors.erase.do')}
          work={() => desk.advisorDeeds.erase(deed.advisor)}
          onClose={(done) => {
            if (done) setSaid(say('advisors.erase.done'));
            close();
          }}
        />
      )}
    </>
  );
}
