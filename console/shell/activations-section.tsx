import { useState, type ReactNode } from 'react';
import type { Activation } from '../../protocol/activation.ts';
import { ActivationDialog, ActivationKeyDialog } from './activation-dialog.tsx';
import { activationStateOf } from './activation-state.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { ReadingNote } from './reading-note.tsx';
import type { SectionProps } from './section-props.ts';
import { storeName } from './store-select.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { Columns, RowDeed } from './table-parts.tsx';
import { Check } from './check-fields.tsx';

/** Agencies' activations: what each may do, how it stands, and the end of it. */
export function ActivationsSection({ desk, session, voice }: SectionProps): ReactNode {
  const { say } = voice;
  const { activations: reading, refusal } = useStore(desk.state);
  const [makes, setMakes] = useState(false);
  const [showsOver, setShowsOver] = useState(false);
  const [shownKey, setShownKey] = useState<Activation | null>(null);
  const [ending, setEnding] = useState<Activation | null>(null);
  const [said, setSaid] = useState('');
  const nowMs = reading.value?.readAtMs ?? 0;
  const all = reading.value?.activations ?? [];
  const isOver = (one: Activation) => ['over', 'ended'].includes(activationStateOf(one, nowMs));
  const shown = showsOver ? all : all.filter((one) => !isOver(one));
  return (
    <>
      <p className="lead">{say('activations.lead')}</p>
      <ReadingNote
        reading={reading}
        readAtMs={reading.value?.readAtMs ?? null}
        refusal={makes || ending ? null : refusal}
        said={said}
        voice={voice}
      />
      {reading.value && (
        <>
          <div className="tools">
            <Check label={say('activations.over')} checked={showsOver} onChange={setShowsOver} />
            <button className="deed" type="button" onClick={() => setMakes(true)}>
              {say('activations.new')}
            </button>
          </div>
          {shown.length === 0 && (
            <p className="empty">{say(all.length === 0 ? 'activations.none' : 'activations.hidden')}</p>
          )}
          {shown.length > 0 && (
            <table className="activations">
              <Columns
                say={say}
                names={['column.agency', 'column.state', 'column.scope', 'column.browsers', 'column.deed']}
              />
              <tbody>
                {shown.map((one) => (
                  <ActivationRow
                    key={one.id}
                    activation={one}
                    store={storeName(session, one.storeId)}
                    nowMs={nowMs}
                    voice={voice}
                    onKey={() => setShownKey(one)}
                    onEnd={isOver(one) ? null : () => setEnding(one)}
                  />
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
      {makes && (
        <ActivationDialog
          desk={desk}
          session={session}
          voice={voice}
          onClose={(made) => {
            setMakes(false);
            setShownKey(made);
          }}
        />
      )}
      {shownKey && (
        <ActivationKeyDialog activation={shownKey} voice={voice} onClose={() => setShownKey(null)} />
      )}
      {ending && (
        <ConfirmDialog
          desk={desk}
          voice={voice}
          title={say('activations.end.title', { agency: ending.agency })}
          words={say('activations.end.words', { count: ending.present })}
          deed={say('activations.end.do')}
          work={() => desk.endActivation(ending.id)}
          onClose={(done) => {
            if (done) setSaid(say('activations.end.done', { agency: ending.agency }));
            setEnding(null);
          }}
        />
      )}
    </>
  );
}

function ActivationRow({
  activation,
  store,
  nowMs,
  voice,
  onKey,
  onEnd,
}: {
  readonly activation: Activation;
  readonly store: string;
  readonly nowMs: number;
  readonly voice: Voice;
  readonly onKey: () => void;
  /** Null once it is over. */
  readonly onEnd: (() => void) | null;
}): ReactNode {
  const { say, time } = voice;
  const { agency, origins, scope, present, mostDevices, enrolled, lastSeenAtMs } = activation;
  const state = activationStateOf(activation, nowMs);
  const atMs = { later: activation.startsAtMs, running: activation.endsAtMs, over: activation.endsAtMs };
  const stateAtMs = state === 'ended' ? (activation.revokedAtMs ?? 0) : atMs[state];
  return (
    <tr>
      <th scope="row">
        {agency}
        <span className="under">
          {store} · {origins.join(', ')}
        </span>
      </th>
      <td data-label={say('column.state')}>
        <span className="mark" data-state={state === 'running' ? 'online' : 'away'}>
          {say(state === 'over' ? 'activations.past' : `activations.${state}`, { time: time(stateAtMs) })}
        </span>
        <span className="under">
          {lastSeenAtMs === null ? say('state.never') : say('activations.seen', { time: time(lastSeenAtMs) })}
        </span>
      </td>
      <td data-label={say('column.scope')}>{scope.map((one) => say(`scope.${one}`)).join(', ')}</td>
      <td data-label={say('column.browsers')}>
        {say('activations.present', { present, most: mostDevices })}
        <span className="under">{say('activations.enrolled', { count: enrolled })}</span>
      </td>
      <td className="deed-cell">
        <RowDeed label={say('activations.key.label', { agency })} onDeed={onKey}>
          {say('activations.key')}
        </RowDeed>
        {onEnd && (
          <RowDeed label={say('activations.end.label', { agency })} onDeed={onEnd}>
            {say('activations.end')}
          </RowDeed>
        )}
      </td>
    </tr>
  );
}
