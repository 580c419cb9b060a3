import type { ActivationsReply } from '../../protocol/activation.ts';
import type { AdvisorBoardReply } from '../../protocol/advisor.ts';
import type {
  ConsoleSession,
  DeviceBoardReply,
  NamedAuditEntry,
  OpenEnrolment,
  PasskeyBoardReply,
  StockBoardReply,
} from '../../protocol/console.ts';
import type { WireError } from '../../protocol/errors.ts';
import type { StoreId } from '../../protocol/ids.ts';
import type { OmsLetter } from '../../protocol/oms.ts';
import type { AuditFilter } from './console-client.ts';

/** Something that is read again and again: the last that was read, and whether the latest reading failed. */
export interface Reading<Value> {
  readonly value: Value | null;
  readonly failed: boolean;
}

/** The sections that have their own address. */
export type Section = 'devices' | 'advisors' | 'activations' | 'passkeys' | 'stock' | 'audit';

/** What the console knows. */
export interface ConsoleState {
  readonly session: ConsoleSession | 'unread' | 'unreachable' | null;
  /** The session ended by itself: nobody signed out. */
  readonly ended: boolean;
  readonly busy: boolean;
  /** Why the last deed was refused. */
  readonly refusal: WireError | null;
  readonly devices: Reading<DeviceBoardReply & { readonly links: readonly OpenEnrolment[] }>;
  readonly activations: Reading<ActivationsReply & { readonly readAtMs: number }>;
  readonly advisors: Reading<AdvisorBoardReply>;
  /** The boutique whose advisors are shown. */
  readonly advisorStore: StoreId | null;
  readonly passkeys: Reading<PasskeyBoardReply>;
  readonly stock: Reading<StockBoardReply & { readonly letters: readonly OmsLetter[] }>;
  readonly audit: Reading<{ readonly entries: readonly NamedAuditEntry[]; readonly next: string | null }>;
  readonly auditFilter: AuditFilter;
}

/** Of a section that nobody has opened. */
export const unread = { value: null, failed: false };
/** What the console knows before anything was read. */
export const blank = {
  devices: unread,
  advisors: unread,
  advisorStore: null,
  passkeys: unread,
  activations: unread,
  stock: unread,
  audit: unread,
  auditFilter: { action: null, store: null },
} as const;
