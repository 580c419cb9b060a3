import { useState, type ReactNode } from 'react';
import type { BoardDevice, ConsoleMaison, ConsoleSession } from '../../protocol/console.ts';
import type { ConsoleDesk } from './console-desk.ts';
import { isTroubled } from './device-health.ts';
import { DeviceRow } from './device-row.tsx';
import { Dialog } from './dialog.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import { storeName, StoreSelect } from './store-select.tsx';
import { ReadingNote } from './reading-note.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';

/** Every device and how it fares, by Maison and boutique; new ones, and those sent away. */
export function DevicesSection({
  desk,
  session,
  voice,
}: {
  readonly desk: ConsoleDesk;
  readonly session: ConsoleSession;
  readonly voice: Voice;
}): ReactNode {
  const { say } = voice;
  const { devices: reading, refusal } = useStore(desk.state);
  const [storeId, setStoreId] = useState('');
  const [showsRevoked, setShowsRevoked] = useState(false);
  const [enrols, setEnrols] = useState(false);
  const [leaving, setLeaving] = useState<BoardDevice | null>(null);
  const [said, setSaid] = useState('');
  const all = reading.value?.devices ?? [];
  const inUse = all.filter(({ revokedAtMs }) => revokedAtMs === null);
  const shown = (showsRevoked ? all : inUse).filter((device) => storeId === '' || device.storeId === storeId);
  return (
    <>
      <ReadingNote
        reading={reading}
        readAtMs={reading.value?.serverTimeMs ?? null}
        refusal={leaving || enrols ? null : refusal}
        voice={voice}
      />
      {reading.value && (
        <>
          <p className="lead">
            {say('devices.lead', {
              count: inUse.length,
              online: inUse.filter(({ online }) => online).length,
              troubled: inUse.filter(isTroubled).length,
            })}
          </p>
          <div className="tools">
            <StoreSelect label={say('devices.store')} session={session} value={storeId} onChange={setStoreId}>
              <option value="">{say('devices.store.all')}</option>
            </StoreSelect>
            <label className="check">
              <input
                type="checkbox"
                checked={showsRevoked}
                onChange={(event) => setShowsRevoked(event.target.checked)}
              />
              {say('devices.revoked')}
            </label>
            <button className="deed" type="button" onClick={() => setEnrols(true)}>
              {say('devices.new')}
            </button>
          </div>
          <p className="unseen" role="status">
            {said}
          </p>
          {shown.length === 0 && (
            <p className="empty">{say(all.length === 0 ? 'devices.none' : 'devices.hidden')}</p>
          )}
          {session.maisons.map((maison) => (
            <MaisonTable
              key={maison.id}
              maison={maison}
              devices={shown.filter((device) => device.maisonId === maison.id)}
              voice={voice}
              onRevoke={setLeaving}
            />
          ))}
        </>
      )}
      {enrols && <EnrolDialog desk={desk} session={session} voice={voice} onClose={() => setEnrols(false)} />}
      {leaving && (
        <RevokeDialog
          desk={desk}
          device={leaving}
          store={storeName(session, leaving.storeId)}
          voice={voice}
          onClose={(done) => {
            if (done) setSaid(say('revoke.done', { name: leaving.name }));
            setLeaving(null);
          }}
        />
      )}
    </>
  );
}

function MaisonTable({
  maison,
  devices,
  voice,
  onRevoke,
}: {
  readonly maison: ConsoleMaison;
  readonly devices: readonly BoardDevice[];
  readonly voice: Voice;
  readonly onRevoke: (device: BoardDevice) => void;
}): ReactNode {
  const { say } = voice;
  if (devices.length === 0) return null;
  return (
    <table className="devices">
      <caption>{maison.name}</caption>
      <thead>
        <tr>
          <th scope="col">{say('column.device')}</th>
          <th scope="col">{say('column.state')}</th>
          <th scope="col">{say('column.mirror')}</th>
          <th scope="col">{say('column.troubles')}</th>
          <th scope="col">
            <span className="unseen">{say('column.deed')}</span>
          </th>
        </tr>
      </thead>
      {maison.stores.map((store) => {
        const here = devices.filter((device) => device.storeId === store.id);
        if (here.length === 0) return null;
        return (
          <tbody key={store.id}>
            <tr className="group">
              <th scope="rowgroup" colSpan={5}>
                {store.name} <span className="faint">{store.city}</span>
              </th>
            </tr>
            {here.map((device) => (
              <DeviceRow key={device.id} device={device} voice={voice} onRevoke={() => onRevoke(device)} />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function RevokeDialog({
  desk,
  device,
  store,
  voice,
  onClose,
}: {
  readonly desk: ConsoleDesk;
  readonly device: BoardDevice;
  readonly store: string;
  readonly voice: Voice;
  readonly onClose: (done: boolean) => void;
}): ReactNode {
  const { say } = voice;
  const { busy } = useStore(desk.state);
  const { name } = device;
  return (
    <Dialog title={say('revoke.title', { name })} onClose={() => onClose(false)}>
      <p>{say('revoke.words', { name, store })}</p>
      <div className="choices">
        <button className="plain" type="button" onClick={() => onClose(false)}>
          {say('cancel')}
        </button>
        <button
          className="deed grave"
          type="button"
          disabled={busy}
          onClick={() => void desk.revoke(device).then(onClose)}
        >
          {say('revoke.do', { name })}
        </button>
      </div>
    </Dialog>
  );
}
