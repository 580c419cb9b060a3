import type { EpochMs, SessionId } from '../../protocol/index.ts';
import type { Queries } from '../persistence/database.ts';

/** Visits whose screens may still look, and one of them alone where it is named. */
export interface LookedAt {
  readonly closedAfterMs: EpochMs;
  readonly sessionId?: SessionId;
}

/**
 * What stands between each visit and its client, as a text that is another one after every yes, no and erasure. A visit in which nobody
 * is known, and nobody asked to be forgotten, has none. Nobody's number is in it.
 */
export async function clientStandings(
  db: Queries,
  { closedAfterMs, sessionId }: LookedAt,
): Promise<Map<SessionId, string>> {
  let grants = db
    .selectFrom('client_grants')
    .innerJoin('client_links', 'client_links.id', 'client_grants.link_id')
    .innerJoin('sessions', 'sessions.id', 'client_links.session_id')
    .select([
      'client_links.session_id as sessionId',
      'client_links.id as id',
      'client_grants.purpose as what',
      'client_grants.granted_at_ms as atMs',
    ])
    .where((eb) =>
      eb.or([eb('sessions.closed_at_ms', 'is', null), eb('sessions.closed_at_ms', '>', closedAfterMs)]),
    );
  let erasures = db
    .selectFrom('client_erasures')
    .innerJoin('sessions', 'sessions.id', 'client_erasures.session_id')
    .select([
      'client_erasures.session_id as sessionId',
      'client_erasures.id as id',
      'client_erasures.state as what',
      'client_erasures.asked_at_ms as atMs',
    ])
    .where((eb) =>
      eb.or([eb('sessions.closed_at_ms', 'is', null), eb('sessions.closed_at_ms', '>', closedAfterMs)]),
    );
  if (sessionId !== undefined) {
    grants = grants.where('client_links.session_id', '=', sessionId);
    erasures = erasures.where('client_erasures.session_id', '=', sessionId);
  }
  const rows = [...(await grants.execute()), ...(await erasures.execute())];
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.sessionId),
      ([of, said]) => [
        of,
        said
          .map(({ id, what, atMs }) => `${id} ${what} ${atMs}`)
          .toSorted()
          .join('\n'),
      ],
    ),
  );
}
