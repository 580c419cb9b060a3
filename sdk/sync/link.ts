import type { ClientAsked } from '../../protocol/client-context.ts';
import type { Advisor, DeviceIdentity } from '../../protocol/device.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { Call, Claim, OfferEnd } from '../../protocol/handoff.ts';
import type { CommandName, CommandPayload, CommandReply, ServerEvent } from '../../protocol/realtime.ts';
import type { SessionState } from '../../protocol/session.ts';
import type { StockState } from '../../protocol/stock.ts';
import type { Emitter } from '../core/emitter.ts';
import type { ReadableStore } from '../core/store.ts';
import type { SyncFault } from './sync-fault.ts';

/**
 * How this device stands with its server. `unenrolled`: it needs an enrolment code; `connecting`: first contact is
 * being made; `live`: numbers are current; `offline`: what is shown has the age of `sinceMs` (server time); `refused`:
 * the server will not have this device (revoked, or a version too old), and says why.
 */
export type LinkStatus =
  | { readonly kind: 'unenrolled' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'offline'; readonly sinceMs: number }
  | {
      readonly kind: 'refused';
      readonly code: 'forbidden' | 'unsupported-version' | 'unauthenticated';
      readonly message: string;
    };

/** Everything this device knows from its server. Survives a reload where that is safe: identity and stock with its age. */
export interface LinkState {
  readonly status: LinkStatus;
  readonly identity: DeviceIdentity | null;
  readonly stock: StockState;
  /** Server time at which the server was last heard and the stock known to be true; null before first contact. */
  readonly heardAtMs: number | null;
  readonly session: SessionState | null;
  readonly advisor: Advisor | null;
  readonly calls: readonly Call[];
  /** Kiosk: a claim that waits for the client's answer. Tablet: the claim it has made. */
  readonly claim: Claim | null;
  /** Server clock less device clock in milliseconds, for countdowns. */
  readonly clockOffsetMs: number;
  /** Messages from the server that did not have the agreed form, and were left aside. */
  readonly malformedCount: number;
}

export interface LinkEvents {
  readonly 'offer-ended': OfferEnd;
  /** What is known of the session's client is another than before: read it again. */
  readonly 'client-changed': ServerEvent<'client.changed'>;
  /** Kiosk: the advisor asks whether the client wishes to be known. */
  readonly 'client-asked': ClientAsked;
  /** Tablet: the client said no. */
  readonly 'client-declined': ServerEvent<'client.declined'>;
  /** Something on the way to a sale is another than before: read it again. */
  readonly 'sale-changed': ServerEvent<'sale.changed'>;
  /** Tablet: what is to be brought or waits in the boutique is another than before. */
  readonly 'board-changed': ServerEvent<'board.changed'>;
  /** Something failed that cost nothing yet but that an operator should hear of. */
  readonly fault: SyncFault;
}

/** The device's one line to its server. Knows nothing of cameras, landmarks or rendering. */
export interface Link {
  readonly state: ReadableStore<LinkState>;
  readonly events: Emitter<LinkEvents>;
  /** Uses a one-time code: makes a non-extractable key, registers its public half, then connects. */
  enrol(code: string): Promise<Answer<DeviceIdentity>>;
  /**
   * Sends a command and waits for its answer. Kept in the outbox and sent again, under the same id, after a lost
   * connection or a reload. A command that would make no sense later is given up after its time with `unreachable`, and
   * so is one whose `signal` aborts: it is not sent any more. What is on the wire by then is decided by its answer.
   */
  command<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Answer<CommandReply<Name>>>;
  /** A device token for the HTTP API, good for at least half a minute. */
  token(): Promise<Answer<string>>;
  /** Connects if enrolled. */
  start(): Promise<void>;
  stop(): void;
}
