import { sql } from 'kysely';
import type {
  Answer,
  CommandId,
  EpochMs,
  Hold,
  HoldState,
  SessionId,
  Sku,
  StoreId,
} from '../../protocol/index.ts';
import { refuse } from '../core/answers.ts';
import type { Queries, Tx } from '../persistence/database.ts';
import type { NativeHold } from '../persistence/tables.ts';
import { keptBackIn } from '../stock/kept-back.ts';
import { nextFreeAtMs, onLedger } from '../stock/stock-writer.ts';
import type { HoldRow } from './hold-rows.ts';

/** What is needed to hold one piece. Who may ask for it is settled before. */
export interface HoldRequest {
  readonly storeId: StoreId;
  readonly sku: Sku;
  readonly sessionId: SessionId;
  readonly deviceId: string;
  readonly commandId: CommandId;
  /** Kept for the client to collect, until this moment: no hold of the visit's. */
  readonly collectUntilMs?: EpochMs;
  /** The piece that the visit keeps there already is the one that is asked for: its hold ends as the new one begins. */
  readonly takesOver?: true;
}

/** Whether a hold lies on our ledger only. */
export function isOnLedger({ native }: HoldRow): boolean {
  return onLedger.some((one) => one === native);
}

/** The hold that this command has made before, if it has. */
export async function findByCommand(
  tx: Queries,
  { deviceId, commandId }: HoldRequest,
): Promise<HoldRow | undefined> {
  return await tx
    .selectFrom('holds')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('command_id', '=', commandId)
    .executeTakeFirst();
}

/**
 * Writes one hold if a piece is free: on hand, not promised, not kept back, not held on the ledger. One conditional statement,
 * under the boutique's write lock.
 */
export async function insertHold(
  tx: Tx,
  request: HoldRequest,
  hold: {
    readonly id: string;
    readonly native: NativeHold;
    readonly nowMs: number;
    readonly expiresAtMs: number;
  },
): Promise<HoldRow | undefined> {
  const { storeId, sku, sessionId, deviceId, commandId } = request;
  const keptBack = (await keptBackIn(tx, storeId))(sku);
  const purpose = request.collectUntilMs === undefined ? 'visit' : 'collection';
  return await tx
    .insertInto('holds')
    .columns([
      'id',
      'store_id',
      'sku',
      'session_id',
      'device_id',
      'command_id',
      'state',
      'created_at_ms',
      'expires_at_ms',
      'native',
      'purpose',
    ])
    .expression((builder) =>
      builder
        .selectFrom('stock_levels')
        .select([
          sql<string>`cast(${hold.id} as text)`.as('id'),
          'store_id',
          'sku',
          sql<string>`cast(${sessionId} as text)`.as('session_id'),
          sql<string>`cast(${deviceId} as text)`.as('device_id'),
          sql<string>`cast(${commandId} as text)`.as('command_id'),
          sql<HoldState>`'active'`.as('state'),
          sql<number>`cast(${hold.nowMs} as bigint)`.as('created_at_ms'),
          sql<number>`cast(${hold.expiresAtMs} as bigint)`.as('expires_at_ms'),
          sql<NativeHold>`cast(${hold.native} as text)`.as('native'),
          sql<'visit' | 'collection'>`cast(${purpose} as text)`.as('purpose'),
        ])
        .where('store_id', '=', storeId)
        .where('sku', '=', sku)
        .where(({ eb }) =>
          eb(
            sql<number>`on_hand - promised - cast(${keptBack} as bigint)`,
            '>',
            eb
              .selectFrom('holds')
              .select(({ fn }) => fn.countAll<number>().as('held'))
              .where('store_id', '=', storeId)
              .where('sku', '=', sku)
              .where('state', '=', 'active')
              .where('native', 'in', onLedger),
          ),
        ),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Why a piece could not be held. */
export async function noneFree(
  tx: Tx,
  storeId: StoreId,
  sku: Sku,
  omsFreeAtMs: number | null = null,
): Promise<Answer<{ hold: Hold }>> {
  const known = await tx
    .selectFrom('stock_levels')
    .select('sku')
    .where('store_id', '=', storeId)
    .where('sku', '=', sku)
    .executeTakeFirst();
  if (!known) return refuse('unknown-sku', `${storeId} does not count ${sku}.`);
  const freeAtMs = omsFreeAtMs ?? (await nextFreeAtMs(tx, storeId, sku));
  return refuse(
    'out-of-stock',
    `Nothing of ${sku} is free in ${storeId}.`,
    freeAtMs === undefined ? {} : { nextFreeAtMs: freeAtMs },
  );
}

/** Moves a hold of which the OMS knows on, if it is still where it was; undefined if it has moved on by itself. */
export async function moveNative(
  tx: Tx,
  id: string,
  to: { readonly native: NativeHold; readonly omsHoldId?: string },
): Promise<HoldRow | undefined> {
  return await tx
    .updateTable('holds')
    .set({ native: to.native, ...(to.omsHoldId !== undefined && { oms_hold_id: to.omsHoldId }) })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .where('native', 'in', ['asked', 'queued'])
    .returningAll()
    .executeTakeFirst();
}

/** The hold that a request takes over, once: the visit's own of the same piece, the oldest of them. */
export async function findTakenOver(db: Queries, request: HoldRequest): Promise<HoldRow | undefined> {
  const { storeId, sku, sessionId, takesOver } = request;
  if (!takesOver || (await findByCommand(db, request))) return undefined;
  return await db
    .selectFrom('holds')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('store_id', '=', storeId)
    .where('sku', '=', sku)
    .where('state', '=', 'active')
    .where('purpose', '=', 'visit')
    // One that the house is being asked about is nobody's yet.
    .where('native', 'in', ['none', 'held', 'queued'])
    .orderBy('created_at_ms')
    .executeTakeFirst();
}

/** Writes the hold of a request in the place of one that it takes over, here and in the house's system; undefined where that has moved on. */
export async function moveHold(
  tx: Tx,
  own: HoldRow,
  { deviceId, commandId }: HoldRequest,
  { id, nowMs, expiresAtMs }: { readonly id: string; readonly nowMs: EpochMs; readonly expiresAtMs: EpochMs },
): Promise<HoldRow | undefined> {
  const { numUpdatedRows } = await tx
    .updateTable('holds')
    .set({ state: 'released', native: 'ended' })
    .where('id', '=', own.id)
    .where('state', '=', 'active')
    .where('native', '=', own.native)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return undefined;
  return await tx
    .insertInto('holds')
    .values({
      ...own,
      id,
      device_id: deviceId,
      command_id: commandId,
      created_at_ms: nowMs,
      expires_at_ms: expiresAtMs,
      purpose: 'collection',
    })
    .returningAll()
    .executeTakeFirst();
}
