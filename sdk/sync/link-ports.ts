import type { DeviceRole, PublicKeyJwk } from '../../protocol/device.ts';
import type { CommandId } from '../../protocol/ids.ts';
import type { Clock } from '../core/clock.ts';
import type { Unsubscribe } from '../core/emitter.ts';

/** The records that survive a reload, one of each. */
export type SavedRecord = 'identity' | 'stock';

/** A command that waits for its answer, as it is stored. Parsed again when it is read. */
export interface SavedCommand {
  readonly commandId: CommandId;
  readonly name: string;
  readonly payload: unknown;
  /** Device wall clock, milliseconds since the epoch. */
  readonly madeAtMs: number;
}

/** Where the line keeps what must survive a reload. Every method rejects when the host's storage fails. */
export interface LinkStorage {
  read(record: SavedRecord): Promise<unknown>;
  write(record: SavedRecord, value: unknown): Promise<void>;
  /** Commands in the order in which they were kept. */
  readCommands(): Promise<readonly unknown[]>;
  keepCommand(command: SavedCommand): Promise<void>;
  forgetCommand(commandId: CommandId): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;
}

/** A key that was just made; it counts once it is kept. */
export interface FreshKey {
  readonly publicKey: PublicKeyJwk;
  keep(): Promise<void>;
}

/** The device's signing key: P-256, and not extractable. */
export interface DeviceKeys {
  make(): Promise<FreshKey>;
  /** The public half of the kept key; null where none was kept. */
  publicKey(): Promise<PublicKeyJwk | null>;
  /** ECDSA with SHA-256 over the text in UTF-8, as IEEE P1363 in base64url; null where no key was kept. */
  sign(text: string): Promise<string | null>;
  forget(): Promise<void>;
}

/** What a socket tells. After `closed` or `refused` it tells nothing more. */
export interface SocketHandlers {
  opened(): void;
  /** The server would not take the connection; `data` is what it said, if anything. */
  refused(data: unknown): void;
  closed(): void;
  /** Anything at all arrived, a heartbeat included. */
  heard(): void;
  event(name: string, payload: unknown): void;
}

/** One connection. It is never opened again. */
export interface LinkSocket {
  /** Emits an event; `answered` is called with the acknowledgement, if one ever comes. */
  send(event: string, payload: unknown, answered: (answer: unknown) => void): void;
  close(): void;
}

/** Opens one connection and does not try again by itself. */
export type OpenSocket = (
  address: { readonly url: string; readonly path: string; readonly token: string },
  handlers: SocketHandlers,
) => LinkSocket;

/** Chance as a dependency. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  unit(): number;
  /** An id that nobody else makes. */
  id(): string;
}

/** Everything that the line needs from its host. */
export interface LinkPorts {
  readonly role: DeviceRole;
  /** Origin of the server, without a trailing slash. */
  readonly serverUrl: string;
  readonly clientVersion: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: typeof globalThis.fetch;
  readonly storage: LinkStorage;
  readonly keys: DeviceKeys;
  readonly openSocket: OpenSocket;
  /** Calls when a wait for the next attempt should be cut short: the network is back, the screen awake. */
  readonly onWake?: (listener: () => void) => Unsubscribe;
}
