import { sql } from 'kysely';
import type { MaisonId } from '../../../protocol/index.ts';
import type {
  ClientOutcome,
  ClientReference,
  ConsentOutcome,
  ConsentRecord,
  OmsId,
} from '../../../protocol/connector/index.ts';
import type { Queries, Tx } from '../../persistence/database.ts';

/** A card as it is compared: whoever types it leaves out what only makes it easier to read. */
const bareCard = (card: string): string => card.replaceAll(/[\s-]+/g, '').toUpperCase();
const bareColumn = sql<string>`upper(replace(replace(card, '-', ''), ' ', ''))`;

/** The client whose card or number it is. Where no card was given out, the embedded OMS's own number stands for it. */
export async function findClient(
  db: Queries,
  maisonId: MaisonId,
  { kind, value }: ClientReference,
): Promise<ClientOutcome> {
  const row = await db
    .selectFrom('oms_clients')
    .selectAll()
    .where('maison_id', '=', maisonId)
    .where((eb) =>
      kind === 'client-id'
        ? eb('id', '=', value)
        : eb.or([
            eb(bareColumn, '=', bareCard(value)),
            eb.and([eb('id', '=', value), eb('card', 'is', null)]),
          ]),
    )
    .executeTakeFirst();
  if (!row) return { kind: 'unknown-client' };
  const { id, name, locale, store_id: homeStoreId } = row;
  return { kind: 'found', client: { id, name, locale, homeStoreId } };
}

export async function knowsClient(db: Queries, maisonId: MaisonId, clientId: OmsId): Promise<boolean> {
  const found = await findClient(db, maisonId, { kind: 'client-id', value: clientId });
  return found.kind === 'found';
}

export async function recordConsent(
  tx: Tx,
  maisonId: MaisonId,
  record: ConsentRecord,
): Promise<ConsentOutcome> {
  const { key, clientId, atMs } = record;
  if (!(await knowsClient(tx, maisonId, clientId))) return { kind: 'unknown-client' };
  await tx
    .insertInto('oms_consents')
    .values({ maison_id: maisonId, key, client_id: clientId, record: JSON.stringify(record), at_ms: atMs })
    // Said again when nobody remembers the reply any more, it lies here already.
    .onConflict((conflict) => conflict.columns(['maison_id', 'key']).doNothing())
    .execute();
  return { kind: 'recorded' };
}
