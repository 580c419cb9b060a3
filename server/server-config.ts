import type { DestinationStream, LevelWithSilent } from 'pino';
import type { DeviceId, EpochMs, MaisonId, ModelFile, RuntimeConfig, StoreId } from '../protocol/index.ts';
import type { BackupPlan } from './backup/backup-schedule.ts';
import type { AdmissionRate } from './core/admission.ts';
import type { Clock } from './core/clock.ts';
import type { Random } from './core/random.ts';
import type { EnrolmentTarget } from './devices/enrolments.ts';
import type { Fetch } from './oms/http-caller.ts';
import type { MetricsAddress } from './ops/metrics-server.ts';

/** Durations of the server's rules, in milliseconds. */
export interface ServerTimings {
  /** An enrolment code's life. */
  readonly enrolmentMs: number;
  /** A device token's life. */
  readonly tokenMs: number;
  /** Between two looks at the rights of all open sockets: what another node or a hand in the database withdrew ends by then. */
  readonly recheckEveryMs: number;
  /** How long an advisor stays signed in on a tablet. */
  readonly signInMs: number;
  /** How long a piece is held. */
  readonly holdMs: number;
  /** Stock changes within this window travel in one frame. */
  readonly coalesceMs: number;
  /** Between two full readings of the OMS. */
  readonly reconcileEveryMs: number;
  /** From `/readyz` saying that the server stops to the devices being told: as long as a load balancer takes to look. */
  readonly drainNoticeMs: number;
  /** A server that stops answers what it was asked within this time. */
  readonly drainMs: number;
  /** Between two looks for what was committed and no hint told of: the oldest that a screen's truth may be. */
  readonly catchUpEveryMs: number;
  /** Between two rounds of clearing away old log rows and answers. */
  readonly tidyEveryMs: number;
}

/** What a boutique runs with. */
export const defaultTimings: ServerTimings = {
  enrolmentMs: 4 * 3_600_000,
  tokenMs: 3_600_000,
  recheckEveryMs: 3_000,
  signInMs: 12 * 3_600_000,
  holdMs: 20 * 60_000,
  coalesceMs: 40,
  reconcileEveryMs: 5 * 60_000,
  drainNoticeMs: 0,
  drainMs: 10_000,
  catchUpEveryMs: 2_000,
  tidyEveryMs: 3_600_000,
};

/** Everything a server needs to know. Nothing is read from the environment below this. */
export interface ServerConfig {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Holds the database file, the operator's token, `connectors.json` and `houses.json`; made if it is missing, readable by its owner only. */
  readonly dataDir: string;
  /** `postgres://…` instead of the SQLite file in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  /** `redis://…`: tells the other nodes over one PostgreSQL database at once what was committed. One node needs none. */
  readonly redisUrl?: string | undefined;
  /** The built screens (`dist/web`); may be missing, then every page says so. */
  readonly webDir: string;
  /** One folder per Maison: catalogue, theme, pieces, seed. */
  readonly collectionsDir: string;
  /** The model files found on this host. Without the face's the kiosk shows 3D instead of AR. */
  readonly models: Readonly<
    Partial<Record<keyof RuntimeConfig['models'], ModelFile & { readonly path: string }>>
  >;
  /** The address under which other devices reach this server; null takes the one it listens on. */
  readonly publicUrl: string | null;
  /** Proxies that are believed about a request's address: how many, or which. Without any it is the peer's own. */
  readonly trustProxy?: number | readonly string[] | undefined;
  /** Other origins whose pages may open the socket (a development server). */
  readonly allowedOrigins?: readonly string[];
  /** PEM texts: serves HTTPS. `rootCert` is what devices must trust once; it is offered at `/vitrine-root.crt`. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly rootCert?: string } | undefined;
  /** Told to screens as the product's version. */
  readonly version: string;
  /** Where metrics are told; nowhere where it is missing. `mayBeMissing`: a port that is taken is a line in the log and no more. */
  readonly metrics?: (MetricsAddress & { readonly mayBeMissing?: boolean }) | undefined;
  /** Backups that the server makes by itself; none where it is missing. For SQLite only. */
  readonly backups?: BackupPlan | undefined;
  /** Where a mark of everybody who was erased is left for a restore, best on another disk; nowhere where it is missing. Nodes share it. */
  readonly erasuresDir?: string | undefined;
  readonly log: { readonly level: LevelWithSilent; readonly stream?: DestinationStream };
  readonly clock: Clock;
  readonly random: Random;
  /** Reaches the houses' own systems; the host's where none is given. */
  readonly fetch?: Fetch;
  readonly timings?: Partial<ServerTimings>;
  /** How fast devices are let in, at the door for sockets and at the one for tokens; the defaults fit one node. */
  readonly admission?: { readonly handshakes?: AdmissionRate; readonly challenges?: AdmissionRate };
  /** Largest HTTP body, in bytes. */
  readonly maxBodyBytes?: number;
  /** scrypt's cost for PINs that are hashed from now on; a power of two. */
  readonly pinCost?: number;
}

/** A one-time link that turns a browser into a device of a boutique. */
export interface EnrolmentLink {
  readonly url: string;
  readonly code: string;
  readonly expiresAtMs: EpochMs;
}

/** A demo Maison, for what a start prints. */
export interface DemoHouse {
  readonly maisonId: MaisonId;
  readonly maisonName: string;
  readonly stores: readonly { readonly id: StoreId; readonly name: string; readonly city: string }[];
  /** The PIN of every demo advisor of this house. */
  readonly demoPin: string;
}

/** A server that listens. */
export interface RunningServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Where other devices reach it, without a slash at the end. */
  readonly publicUrl: string;
  /** Where metrics are told; null where they are not. */
  readonly metricsUrl: string | null;
  readonly houses: readonly DemoHouse[];
  /** Holds the token that `npm run oms` shows; mode 0600. */
  readonly operatorTokenPath: string;
  /** @throws {RangeError} there is no such boutique */
  createEnrolmentLink(target: EnrolmentTarget): Promise<EnrolmentLink>;
  /** Sends a device away for good and closes its sockets; false if there is none to send away. */
  revokeDevice(deviceId: DeviceId): Promise<boolean>;
  /** Says that it is not ready any more, tells the screens, answers what it was asked, closes every socket, ends what runs and closes the database. */
  close(): Promise<void>;
}
