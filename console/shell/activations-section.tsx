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
        voice={voice}
      />
      {reading.value && (
        <>
          <div className="tools">
            <label className="check">
              <input
                type="checkbox"
                checked={showsOver}
                onChange={(event) => setShowsOver(event.target.checked)}
              />
              {say('activations.over')}
            </label>
            <button className="deed" type="button" onClick={() => setMakes(true)}>
              {say('activations.new')}
            </button>
          </div>
          <p className="unseen" role="status">
            {said}
          </p>
          {shown.length === 0 && (
            <p className="empty">{say(all.length === 0 ? 'activations.none' : 'activations.hidden')}</p>
          )}
          {shown.length > 0 && (
            <table className="activations">
              <thead>
                <tr>
                  <th scope="col">{say('column.agency')}</th>
                  <th scope="col">{say('column.state')}</th>
                  <th scope="col">{say('column.scope')}</th>
                  <th scope="col">{say('column.browsers')}</th>
                  <th scope="col">
                    <span className="unseen">{say('column.deed')}</span>
                  </th>
                </tr>
              </thead>
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
        <button
          className="small"
          type="button"
          aria-label={say('activations.key.label', { agency })}
          onClick={onKey}
        >
          {say('activations.key')}
        </button>
        {onEnd && (
          <button
            className="small"
            type="button"
            aria-label={say('activations.end.label', { agency })}
            onClick={onEnd}
          >
            {say('activations.end')}
          </button>
        )}
      </td>
    </tr>
  );
}
