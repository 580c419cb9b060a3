import { useMemo, useState, type ReactNode } from 'react';
import type { ConsoleSession, EnrolmentReply, EnrolmentRequest } from '../../protocol/console.ts';
import { qrPath } from '../../sdk/core/qr-path.ts';
import type { ConsoleDesk } from './console-desk.ts';
import { StoreSelect } from './store-select.tsx';
import { CopyField } from './copy-field.tsx';
import { Dialog } from './dialog.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { whyWords } from './words.ts';

type Role = EnrolmentRequest['role'];

const roles = ['kiosk', 'tablet', 'console'] as const satisfies readonly Role[];

/** Makes a one-time link for a new device, and shows it once. It is kept nowhere. */
export function EnrolDialog({
  desk,
  session,
  voice,
  onClose,
}: {
  readonly desk: ConsoleDesk;
  readonly session: ConsoleSession;
  readonly voice: Voice;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = voice;
  const { busy, refusal } = useStore(desk.state);
  const [storeId, setStoreId] = useState(session.maisons[0]?.stores[0]?.id ?? '');
  const [role, setRole] = useState<Role>('kiosk');
  const [name, setName] = useState('');
  const [made, setMade] = useState<EnrolmentReply | null>(null);
  const maison = session.maisons.find(({ stores }) => stores.some(({ id }) => id === storeId));
  const make = async () => {
    if (!maison) return;
    const answer = await desk.enrol({ maisonId: maison.id, storeId, role, name: name.trim() });
    if (answer.ok) setMade(answer.value);
  };
  if (made) return <Made made={made} name={name.trim()} voice={voice} onClose={onClose} />;
  return (
    <Dialog title={say('enrol.title')} onClose={onClose}>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && !busy) void make();
        }}
      >
        <StoreSelect label={say('devices.store')} session={session} value={storeId} onChange={setStoreId} />
        <fieldset className="radios">
          <legend>{say('enrol.role')}</legend>
          {roles.map((one) => (
            <label key={one} className="check">
              <input type="radio" name="role" checked={role === one} onChange={() => setRole(one)} />
              {say(`role.${one}`)}
            </label>
          ))}
        </fieldset>
        <label htmlFor="device-name">{say('enrol.name')}</label>
        <input
          id="device-name"
          autoComplete="off"
          maxLength={60}
          required
          value={name}
          aria-describedby="device-name-help"
          onChange={(event) => setName(event.target.value)}
        />
        <p className="help" id="device-name-help">
          {say('enrol.name.help')}
        </p>
        <div role="alert">{refusal && <p className="note bad">{whyWords(say, refusal.code)}</p>}</div>
        <div className="choices">
          <button className="plain" type="button" onClick={onClose}>
            {say('cancel')}
          </button>
          <button className="deed" type="submit" disabled={busy || name.trim() === ''}>
            {say('enrol.make')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Made({
  made,
  name,
  voice,
  onClose,
}: {
  readonly made: EnrolmentReply;
  readonly name: string;
  readonly voice: Voice;
  readonly onClose: () => void;
}): ReactNode {
  const { say, time } = voice;
  const { size, path } = useMemo(() => qrPath(made.url), [made.url]);
  return (
    <Dialog title={say('enrol.made', { name })} onClose={onClose}>
      <p>{say('enrol.made.words', { time: time(made.expiresAtMs) })}</p>
      <div className="made">
        <svg
          className="qr"
          viewBox={`-4 -4 ${size + 8} ${size + 8}`}
          shapeRendering="crispEdges"
          role="img"
          aria-label={say('enrol.qr', { name })}
        >
          <path d={path} fill="currentColor" />
        </svg>
        <CopyField label={say('enrol.link')} text={made.url} copyLabel={say('enrol.copy')} voice={voice} />
      </div>
      <div className="choices">
        <button className="deed" type="button" onClick={onClose}>
          {say('close')}
        </button>
      </div>
    </Dialog>
  );
}
