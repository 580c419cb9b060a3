import type { ServerConfig } from '../../server/server-config.ts';

type Ask<Take, Give> = { readonly take: Take; readonly give: Give };

/** What a node is started with; the rest is the bench's. */
export interface NodeConfig extends Pick<
  ServerConfig,
  'dataDir' | 'databaseUrl' | 'redisUrl' | 'timings' | 'admission'
> {
  /** A free one where none is given. */
  readonly port?: number;
}

/** One real server in a process of its own, as the benches and the fault suite drive it. */
export interface NodeAsks {
  start: Ask<
    NodeConfig,
    { url: string; operatorToken: string; /** Of the advisors of Norde. */ pin: string }
  >;
  /** A one-time code for a device. */
  enrolmentCode: Ask<
    { maisonId: string; storeId: string; role: 'kiosk' | 'tablet'; name: string },
    { code: string }
  >;
  /** Fills every rate limit up again, as a minute without traffic would. */
  refillLimits: Ask<null, null>;
  /** Puts the wall clock forward, or back. */
  skew: Ask<{ byMs: number }, null>;
  /** CPU used so far, in microseconds. */
  cpuUs: Ask<null, number>;
  /** Resident memory, in bytes. */
  memoryBytes: Ask<null, number>;
  stop: Ask<null, null>;
}
