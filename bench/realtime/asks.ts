/** What one process may ask another: by name, what it takes and what it gives. Each runs in its own child process. */
type Ask<Take, Give> = { readonly take: Take; readonly give: Give };

/** A moment in a server's life: host milliseconds, and the CPU that it had used by then, in microseconds. */
export interface Moment {
  readonly atMs: number;
  readonly cpuUs: number;
}

/** The real server. */
export interface HouseAsks {
  /** Starts over the database in `dataDir`, making and seeding it where there is none. */
  start: Ask<{ dataDir: string }, { url: string; operatorToken: string }>;
  /** A one-time code for a kiosk. */
  enrolmentCode: Ask<{ maisonId: string; storeId: string }, { code: string }>;
  /** Fills every rate limit up again, as a minute without traffic would. */
  refillLimits: Ask<null, null>;
  /** When each coalescing window ended since this was last asked. */
  windowEnds: Ask<null, readonly Moment[]>;
  /** CPU used so far, in microseconds. */
  cpuUs: Ask<null, number>;
  stop: Ask<null, null>;
}

/** The reference: `ws` and nothing else. */
export interface BareAsks {
  start: Ask<null, { url: string }>;
  /** Sends `text` to every socket; gives the moment before the first `send`. */
  fanOut: Ask<{ text: string }, Moment>;
  cpuUs: Ask<null, number>;
}

/** How the sockets of a crowd introduce themselves. */
export type Greeting =
  /** They are open and hear. */
  | { readonly kind: 'none' }
  /** Engine.IO, Socket.IO, then the house's own `hello` with cursors. Socket n uses token n modulo their number. */
  | { readonly kind: 'device'; readonly tokens: readonly string[] };

/** What became of opening a crowd. */
export interface Opened {
  readonly opened: number;
  readonly tookMs: number;
  /** What the first socket that did not open met. */
  readonly fault: string | null;
}

/** Many sockets in one process. */
export interface CrowdAsks {
  /** Opens (again) `count` sockets, `atOnce` at a time; gives up `withinMs` later. */
  open: Ask<{ url: string; greeting: Greeting; count: number; atOnce: number; withinMs: number }, Opened>;
  /** Cuts every line without a closing word, as a network does. */
  cut: Ask<null, null>;
  /** Forgets the receipts so far. */
  expect: Ask<null, null>;
  /** Waits until `count` messages were received since `expect`, at most `withinMs`. */
  receipts: Ask<
    { count: number; withinMs: number },
    { atMs: Float64Array; /** The newest message. */ text: string }
  >;
  /** How many changes the sockets, taken together, have not learnt of, and frames that left a gap. */
  behind: Ask<{ truth: readonly RevisionOf[] }, { behind: number; gaps: number }>;
  cpuUs: Ask<null, number>;
}

/** The OMS's newest revision of one level; each change adds one to it. */
export interface RevisionOf {
  readonly storeId: string;
  readonly sku: string;
  readonly revision: number;
}
