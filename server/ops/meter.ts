import type {
  CommandName,
  DeviceRole,
  ErrorCode,
  MaisonId,
  ServerEventName,
  StoreId,
} from '../../protocol/index.ts';
import type { OmsFaultCode } from '../../protocol/connector/index.ts';

/** What can become of a hold, as far as it is counted. */
export type HoldOutcomeName = 'placed' | 'refused' | 'released' | 'expired' | 'committed';

/**
 * Is told what the server does, so that somebody may count it. Nothing here names a device, a session or a client: what is
 * told has few values, for ever.
 */
export interface Meter {
  /** A command was answered; `name` is null where it was none that is known. */
  commandRan(told: {
    readonly role: DeviceRole;
    readonly name: CommandName | null;
    readonly result: 'ok' | ErrorCode;
    readonly durationMs: number;
  }): void;
  /** An event went out to this many sockets. */
  eventSent(name: ServerEventName, receivers: number): void;
  omsCalled(told: {
    readonly maisonId: MaisonId;
    readonly source: string;
    readonly call: string;
    readonly result: 'ok' | 'internal' | OmsFaultCode;
    readonly durationMs: number;
  }): void;
  hold(storeId: StoreId, outcome: HoldOutcomeName): void;
  /** Work that nobody awaits failed. */
  workFailed(name: string): void;
  /** `route` is the pattern, never the address. */
  requestAnswered(told: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly durationMs: number;
  }): void;
  queryRan(durationMs: number, failed: boolean): void;
  backupEnded(told: { readonly ok: boolean; readonly atMs: number }): void;
}

const ignore = () => undefined;

/** Counts nothing. */
export const noMeter: Meter = {
  commandRan: ignore,
  eventSent: ignore,
  omsCalled: ignore,
  hold: ignore,
  workFailed: ignore,
  requestAnswered: ignore,
  queryRan: ignore,
  backupEnded: ignore,
};
