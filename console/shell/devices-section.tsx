import { useState, type ReactNode } from 'react';
import type { BoardDevice, ConsoleMaison } from '../../protocol/console.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { isTroubled } from './device-health.ts';
import { DeviceRow } from './device-row.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import { storeName, StoreSelect } from './store-select.tsx';
import { OpenLinks } from './open-links.tsx';
import { ReadingNote } from './reading-note.tsx';
import type { SectionProps } from './section-props.ts';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { Columns } from './table-parts.tsx';
import { Check } from './check-fields.tsx';

/** Every device and how it fares, by Maison and boutique; new ones, and those sent away. */
export function DevicesSection({ desk, session, voice }: SectionProps): ReactNode {
  const { say } = voice;
  const { devices: reading, refusal } = useStore(desk.state);
  const [storeId, setStoreId] = useState('');
  const [showsRevoked, setShowsRevoked] = useState(false);
  const [enrols, setEnrols] = useState(false);
  const [leaving, setLeaving] = useState<BoardDevice | null>(null);
  const [rotates, setRotates] = useState(false);
  const [said, setSaid] = useState('');
  const all = reading.value?.devices ?? [];
  const inUse = all.filter(({ revokedAtMs }) => revokedAtMs === null);
  const shown = (showsRevoked ? all : inUse).filter((device) => storeId === '' || device.storeId === storeId);
  return (
    <>
      <ReadingNote
        reading={reading}
        readAtMs={reading.value?.serverTimeMs ?? null}
        refusal={leaving || enrols || rotates ? null : refusal}
        said={said}
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
            <Check label={say('devices.revoked')} checked={showsRevoked} onChange={setShowsRevoked} />
            <button className="deed" type="button" onClick={() => setEnrols(true)}>
              {say('devices.new')}
            </button>
          </div>
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
          <OpenLinks links={reading.value.links} desk={desk} session={session} voice={voice} />
          {session.maisonId === null && (
            <p className="foot">
              <span className="faint">{say('keys.lead')}</span>
              <button className="small" type="button" onClick={() => setRotates(true)}>
                {say('keys.rotate')}
              </button>
            </p>
          )}
        </>
      )}
      {enrols && <EnrolDialog desk={desk} session={session} voice={voice} onClose={() => setEnrols(false)} />}
      {rotates && (
        <ConfirmDialog
          desk={desk}
          voice={voice}
          title={say('keys.rotate.title')}
          words={say('keys.rotate.words')}
          deed={say('keys.rotate')}
          work={() => desk.rotateTokenKey()}
          onClose={(done) => {
            if (done) setSaid(say('keys.rotate.done'));
            setRotates(false);
          }}
        />
      )}
      {leaving && (
        <ConfirmDialog
          desk={desk}
          voice={voice}
          title={say('revoke.title', { name: leaving.name })}
          words={say('revoke.words', { name: leaving.name, store: storeName(session, leaving.storeId) })}
          deed={say('revoke.do', { name: leaving.name })}
          work={() => desk.revoke(leaving)}
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
      <Columns
        say={say}
        names={['column.device', 'column.state', 'column.mirror', 'column.troubles', 'column.deed']}
      />
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
