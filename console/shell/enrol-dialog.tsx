import { useMemo, useState, type ReactNode } from 'react';
import type { ConsoleSession, EnrolmentReply, EnrolmentRequest } from '../../protocol/console.ts';
import { qrPath } from '../../sdk/core/qr-path.ts';
import { OneOf } from './check-fields.tsx';
import { CloseChoice } from './choices.tsx';
import type { ConsoleDesk } from './console-desk.ts';
import { StoreSelect } from './store-select.tsx';
import { CopyField } from './copy-field.tsx';
import { FormDialog } from './deed-dialog.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './text-field.tsx';
import type { Voice } from './voice.ts';

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
    <FormDialog
      desk={desk}
      voice={voice}
      title={say('enrol.title')}
      deed={say('enrol.make')}
      isWhole={name.trim() !== ''}
      work={make}
      onLeave={onClose}
    >
      <StoreSelect label={say('devices.store')} session={session} value={storeId} onChange={setStoreId} />
      <OneOf
        legend={say('enrol.role')}
        all={roles}
        labelOf={(one) => say(`role.${one}`)}
        name="role"
        chosen={role}
        onChange={setRole}
      />
      <TextField
        id="device-name"
        label={say('enrol.name')}
        help={say('enrol.name.help')}
        value={name}
        onChange={setName}
      />
    </FormDialog>
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
      <CloseChoice say={say} onClose={onClose} />
    </Dialog>
  );
}
