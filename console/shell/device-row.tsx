import type { ReactNode } from 'react';
import type { BoardDevice } from '../../protocol/console.ts';
import type { MirrorReport } from '../../protocol/device-report.ts';
import { isCameraTrouble, isTrackingTrouble, recoveriesOf, stateOf } from './device-health.ts';
import type { Voice } from './voice.ts';
import { wordFor, type Say } from './words.ts';
import { RowDeed } from './table-parts.tsx';

/** One device of the board. */
export function DeviceRow({
  device,
  voice,
  onRevoke,
}: {
  readonly device: BoardDevice;
  readonly voice: Voice;
  readonly onRevoke: () => void;
}): ReactNode {
  const { say, time } = voice;
  const { name, role, report, reportedAtMs, version } = device;
  const state = stateOf(device);
  return (
    <tr data-state={state}>
      <th scope="row">
        {name}
        <span className="under">
          {wordFor(say, 'role', role)}, {say('enrolled', { time: time(device.enrolledAtMs) })}
        </span>
      </th>
      <td data-label={say('column.state')}>
        <span className="mark" data-state={state}>
          {stateWords(device, voice)}
        </span>
        {version !== null && <span className="under">{say('version', { version })}</span>}
      </td>
      <td data-label={say('column.mirror')}>
        {report?.mirror ? <MirrorWords mirror={report.mirror} say={say} /> : <span className="faint">–</span>}
      </td>
      <td data-label={say('column.troubles')}>
        {report ? (
          <>
            {report.mirror && say('recoveries', { count: recoveriesOf(report) })}
            {report.mirror && ', '}
            {say('faults', { count: report.faults })}
            <span className="under">
              {[
                ...causesOf(report.mirror, say),
                ...(reportedAtMs === null ? [] : [say('reported-at', { time: time(reportedAtMs) })]),
              ].join(' · ')}
            </span>
          </>
        ) : (
          <span className="faint">–</span>
        )}
      </td>
      <td className="deed-cell">
        {state !== 'revoked' && (
          <RowDeed label={say('revoke.label', { name })} onDeed={onRevoke}>
            {say('revoke')}
          </RowDeed>
        )}
      </td>
    </tr>
  );
}

function stateWords(device: BoardDevice, { say, time }: Voice): string {
  switch (stateOf(device)) {
    case 'online':
      return say('state.online');
    case 'away':
      return say('state.away', { time: time(device.seenAtMs ?? 0) });
    case 'never':
      return say('state.never');
    case 'revoked':
      return say('state.revoked', { time: time(device.revokedAtMs ?? 0) });
  }
}

function MirrorWords({ mirror, say }: { readonly mirror: MirrorReport; readonly say: Say }): ReactNode {
  const { camera, tracking, delegate, tier, picturesPerSecond, inferenceMs } = mirror;
  const troubles = [
    ...(isCameraTrouble(camera) ? [wordFor(say, 'camera', camera)] : []),
    ...(isTrackingTrouble(tracking) ? [wordFor(say, 'tracking', tracking)] : []),
  ];
  const calm = [wordFor(say, 'camera', camera), wordFor(say, 'tracking', tracking)];
  const figures = [
    ...(delegate ? [delegate] : []),
    ...(tier ? [wordFor(say, 'tier', tier)] : []),
    ...(picturesPerSecond === null ? [] : [say('rate', { rate: Math.round(picturesPerSecond) })]),
    ...(inferenceMs === null ? [] : [say('inference', { ms: Math.round(inferenceMs) })]),
  ];
  return (
    <>
      {troubles.length > 0 ? <span className="look">{troubles.join(', ')}</span> : calm.join(', ')}
      <span className="under">{figures.join(' · ')}</span>
    </>
  );
}

function causesOf(mirror: MirrorReport | null, say: Say): string[] {
  return Object.entries(mirror?.recoveries ?? {}).flatMap(([cause, count]) =>
    count > 0 ? [`${wordFor(say, 'cause', cause)} ${count}`] : [],
  );
}
