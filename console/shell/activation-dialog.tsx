import { useState, type ReactNode } from 'react';
import { activationScopes, type Activation, type ActivationScope } from '../../protocol/activation.ts';
import { activationSnippet, readOriginLines } from './activation-state.ts';
import { CopyField } from './copy-field.tsx';
import { Dialog } from './dialog.tsx';
import { dayIn, endOfDayMs } from './end-of-day.ts';
import type { SectionProps } from './section-props.ts';
import { StoreSelect } from './store-select.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { whyWords } from './words.ts';

/** Browsers at once of an activation that nobody has thought about. */
const usualPlaces = 50;

/** Makes an activation: for whom, from which pages, what it may do and until when. */
export function ActivationDialog({
  desk,
  session,
  voice,
  onClose,
}: SectionProps & { readonly onClose: (made: Activation | null) => void }): ReactNode {
  const { say } = voice;
  const { busy, refusal } = useStore(desk.state);
  const stores = session.maisons.flatMap((maison) => maison.stores);
  const [storeId, setStoreId] = useState(stores[0]?.id ?? '');
  const [agency, setAgency] = useState('');
  const [origins, setOrigins] = useState('');
  const [scope, setScope] = useState<readonly ActivationScope[]>(['stock', 'hand-off']);
  const [endDay, setEndDay] = useState('');
  const [places, setPlaces] = useState(usualPlaces);
  const read = readOriginLines(origins);
  const timeZone = stores.find(({ id }) => id === storeId)?.timeZone ?? 'UTC';
  const isWhole =
    agency.trim() !== '' &&
    read.origins.length > 0 &&
    read.wrong === null &&
    scope.length > 0 &&
    endDay !== '';
  const leave = () => {
    desk.forgetRefusal();
    onClose(null);
  };
  const make = async () => {
    const made = await desk.makeActivation({
      storeId,
      agency: agency.trim(),
      origins: read.origins,
      scope: [...scope],
      startsAtMs: session.serverTimeMs,
      endsAtMs: endOfDayMs(endDay, timeZone),
      mostDevices: places,
    });
    if (made) onClose(made);
  };
  return (
    <Dialog title={say('activations.new')} onClose={leave}>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole && !busy) void make();
        }}
      >
        <StoreSelect label={say('devices.store')} session={session} value={storeId} onChange={setStoreId} />
        <label htmlFor="agency">{say('column.agency')}</label>
        <input
          id="agency"
          autoComplete="off"
          maxLength={80}
          required
          value={agency}
          onChange={(event) => setAgency(event.target.value)}
        />
        <label htmlFor="origins">{say('activations.origins')}</label>
        <textarea
          id="origins"
          rows={2}
          required
          spellCheck={false}
          value={origins}
          aria-describedby="origins-help"
          aria-invalid={read.wrong !== null}
          onChange={(event) => setOrigins(event.target.value)}
        />
        <p className="help" id="origins-help" role="status">
          {read.wrong === null
            ? say('activations.origins.help')
            : say('activations.origins.wrong', { origin: read.wrong })}
        </p>
        <fieldset className="radios">
          <legend>{say('column.scope')}</legend>
          {activationScopes.map((one) => (
            <label key={one} className="check">
              <input
                type="checkbox"
                checked={scope.includes(one)}
                onChange={(event) =>
                  setScope(
                    activationScopes.filter((other) =>
                      other === one ? event.target.checked : scope.includes(other),
                    ),
                  )
                }
              />
              {say(`scope.${one}`)}
            </label>
          ))}
        </fieldset>
        <label htmlFor="end-day">{say('activations.end-day')}</label>
        <input
          id="end-day"
          type="date"
          required
          min={dayIn(session.serverTimeMs, timeZone)}
          value={endDay}
          onChange={(event) => setEndDay(event.target.value)}
        />
        <label htmlFor="places">{say('activations.places')}</label>
        <input
          id="places"
          type="number"
          min={1}
          max={5_000}
          required
          value={places}
          onChange={(event) => setPlaces(Math.round(event.target.valueAsNumber) || 1)}
        />
        <div role="alert">{refusal && <p className="note bad">{whyWords(say, refusal.code)}</p>}</div>
        <div className="choices">
          <button className="plain" type="button" onClick={leave}>
            {say('cancel')}
          </button>
          <button className="deed" type="submit" disabled={busy || !isWhole}>
            {say('activations.make')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** The key of an activation, as the agency pastes it. It is no secret, and is shown as often as it is asked for. */
export function ActivationKeyDialog({
  activation,
  voice,
  onClose,
}: {
  readonly activation: Activation;
  readonly voice: Voice;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = voice;
  const { agency, key } = activation;
  return (
    <Dialog title={say('activations.key.title', { agency })} onClose={onClose}>
      <p>{say('activations.key.words')}</p>
      <CopyField
        label={say('activations.key')}
        text={key}
        copyLabel={say('activations.key.copy')}
        rows={1}
        voice={voice}
      />
      <CopyField
        label={say('activations.snippet')}
        text={activationSnippet(location.origin, key)}
        copyLabel={say('activations.snippet.copy')}
        voice={voice}
      />
      <div className="choices">
        <button className="deed" type="button" onClick={onClose}>
          {say('close')}
        </button>
      </div>
    </Dialog>
  );
}
