import * as z from 'zod/mini';
import {
  ActivationScope,
  type ActivationId,
  type Answer,
  type DeviceId,
  type DeviceRole,
  type EpochMs,
  type MaisonId,
  type StoreId,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Queries } from '../persistence/database.ts';

/** The agency's activation under which a device speaks. */
export interface DeviceActivation {
  readonly id: ActivationId;
  readonly agency: string;
  readonly scope: readonly ActivationScope[];
  readonly origins: readonly string[];
  readonly endsAtMs: EpochMs;
}

/** An enrolled device. Maison and boutique of everything it does come from here, never from a message. */
export interface Device {
  readonly id: DeviceId;
  readonly role: DeviceRole;
  readonly name: string;
  readonly maisonId: MaisonId;
  readonly storeId: StoreId;
  /** Grows with every change of its key. */
  readonly keyNumber: number;
  /** Null for the house's own devices. */
  readonly activation: DeviceActivation | null;
}

const Scopes = z.array(ActivationScope);
const Origins = z.array(z.string());

/** A list that lies in the database as JSON. */
export const readScopes = (text: string): ActivationScope[] => z.parse(Scopes, JSON.parse(text));
export const readOrigins = (text: string): string[] => z.parse(Origins, JSON.parse(text));

/** Devices with the activation of those that have one. */
export function deviceRows(db: Queries) {
  return db
    .selectFrom('devices')
    .leftJoin('activations', 'activations.id', 'devices.activation_id')
    .selectAll('devices')
    .select([
      'activations.agency',
      'activations.scope',
      'activations.origins',
      'activations.starts_at_ms',
      'activations.ends_at_ms',
      'activations.revoked_at_ms as activation_revoked_at_ms',
    ]);
}

/** A row of `deviceRows`. */
export type DeviceRow = Awaited<ReturnType<ReturnType<typeof deviceRows>['executeTakeFirstOrThrow']>>;

/** The device, unless it is no longer welcome, or not yet. */
export function welcomeDevice(row: DeviceRow, nowMs: EpochMs): Answer<Device> {
  if (row.revoked_at_ms !== null) return refuse('forbidden', 'This device has been revoked.');
  const activation = activationOf(row);
  if (row.activation_id !== null) {
    if (!activation || row.activation_revoked_at_ms !== null || activation.endsAtMs <= nowMs) {
      return refuse('forbidden', 'The activation of this device has ended.');
    }
    if ((row.starts_at_ms ?? 0) > nowMs) {
      return refuse('forbidden', 'The activation of this device has not begun.');
    }
  }
  return done({
    id: row.id,
    role: row.role,
    name: row.name,
    maisonId: row.maison_id,
    storeId: row.store_id,
    keyNumber: row.key_number,
    activation,
  });
}

function activationOf(row: DeviceRow): DeviceActivation | null {
  const { activation_id: id, agency, scope, origins, ends_at_ms: endsAtMs } = row;
  if (id === null || agency === null || scope === null || origins === null || endsAtMs === null) return null;
  return { id, agency, scope: readScopes(scope), origins: readOrigins(origins), endsAtMs };
}

/** Whether the device may read a boutique's stock; the caller has made sure that it is one of its Maison. */
export function seesStore({ activation, storeId: own }: Device, storeId: StoreId): boolean {
  if (!activation) return true;
  return activation.scope.includes(storeId === own ? 'stock' : 'nearby-stock');
}
