import type { ReactNode } from 'react';
import type { BoardAdvisor } from '../../protocol/advisor.ts';
import type { Voice } from './voice.ts';
import { RowDeed } from './table-parts.tsx';

/** What can be done about an advisor: who works here, and who has left. */
export type AdvisorDeed = 'code' | 'change' | 'out' | 'erase';

const deeds = ['code', 'change', 'out'] as const satisfies readonly AdvisorDeed[];
const deedsAfter = ['erase'] as const satisfies readonly AdvisorDeed[];

/** One advisor of a boutique. */
export function AdvisorRow({
  advisor,
  voice,
  onDeed,
}: {
  readonly advisor: BoardAdvisor;
  readonly voice: Voice;
  readonly onDeed: (deed: AdvisorDeed) => void;
}): ReactNode {
  const { say, time, locale } = voice;
  const { name, title, languages, leftAtMs, lastSignInAtMs, startCodeUntilMs, lockedUntilMs, erasedAtMs } =
    advisor;
  const spoken = languages.map((language) => say(`language.${language}`)).join(', ');
  const ways = waysOf(advisor, voice);
  const state = leftAtMs !== null ? 'revoked' : ways.length > 0 ? 'online' : 'away';
  return (
    <tr data-state={state}>
      <th scope="row">
        {name}
        <span className="under">{erasedAtMs === null ? `${title[locale]} · ${spoken}` : title[locale]}</span>
      </th>
      <td data-label={say('column.sign-in')}>
        <span className="mark" data-state={lockedUntilMs === null ? state : 'look'}>
          {leftAtMs !== null
            ? say(erasedAtMs === null ? 'advisors.left-at' : 'advisors.erased-at', {
                time: time(erasedAtMs ?? leftAtMs),
              })
            : lockedUntilMs !== null
              ? say('advisors.locked-until', { time: time(lockedUntilMs) })
              : ways.join(', ') || whatNow(startCodeUntilMs, voice)}
        </span>
        {leftAtMs === null && (lockedUntilMs !== null || ways.length > 0) && (
          <span className="under">
            {[
              ...(lockedUntilMs === null ? [] : ways),
              ...(startCodeUntilMs === null
                ? []
                : [say('advisors.code-until', { time: time(startCodeUntilMs) })]),
            ].join(' · ')}
          </span>
        )}
      </td>
      <td data-label={say('column.last-sign-in')}>
        {lastSignInAtMs === null ? <span className="faint">–</span> : time(lastSignInAtMs)}
      </td>
      <td className="deed-cell">
        {erasedAtMs === null &&
          (leftAtMs === null ? deeds : deedsAfter).map((deed) => (
            <RowDeed key={deed} label={say(`advisors.${deed}.label`, { name })} onDeed={() => onDeed(deed)}>
              {say(`advisors.${deed}`)}
            </RowDeed>
          ))}
      </td>
    </tr>
  );
}

/** What they can sign in with now. */
function waysOf({ hasPin, passkeys: count }: BoardAdvisor, { say }: Voice): string[] {
  return [
    ...(hasPin ? [say('advisors.with.pin')] : []),
    ...(count > 0 ? [say('advisors.with.passkeys', { count })] : []),
  ];
}

function whatNow(startCodeUntilMs: number | null, { say, time }: Voice): string {
  return startCodeUntilMs === null
    ? say('advisors.with.nothing')
    : say('advisors.code-until', { time: time(startCodeUntilMs) });
}
