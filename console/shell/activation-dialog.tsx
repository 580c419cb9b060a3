import { useState, type ReactNode } from 'react';
import { activationScopes, type Activation, type ActivationScope } from '../../protocol/activation.ts';
import { activationSnippet, readOriginLines } from './activation-state.ts';
import { SomeOf } from './check-fields.tsx';
import { CloseChoice } from './choices.tsx';
import { CopyField } from './copy-field.tsx';
import { FormDialog } from './deed-dialog.tsx';
import { Dialog } from './dialog.tsx';
import { dayIn } from '../../protocol/boutique.ts';
import { endOfDayMs } from './end-of-day.ts';
import type { SectionProps } from './section-props.ts';
import { StoreSelect } from './store-select.tsx';
import { TextField } from './text-field.tsx';
import type { Voice } from './voice.ts';

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
    <FormDialog
      desk={desk}
      voice={voice}
      title={say('activations.new')}
      deed={say('activations.make')}
      isWhole={isWhole}
      work={make}
      onLeave={() => onClose(null)}
    >
      <StoreSelect label={say('devices.store')} session={session} value={storeId} onChange={setStoreId} />
      <TextField id="agency" label={say('column.agency')} most={80} value={agency} onChange={setAgency} />
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
      <SomeOf
        legend={say('column.scope')}
        all={activationScopes}
        labelOf={(one) => say(`scope.${one}`)}
        chosen={scope}
        onChange={setScope}
      />
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
    </FormDialog>
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
      <CloseChoice say={say} onClose={onClose} />
    </Dialog>
  );
}
