import type { AuditActor, EpochMs, MaisonId, SessionId, StoreId } from '../../protocol/index.ts';
import type { ConsentRecord } from '../../protocol/connector/index.ts';

/** Who acts for or with a session's client, and by which screen. */
export interface ClientParty {
  readonly maisonId: MaisonId;
  readonly storeId: StoreId;
  readonly sessionId: SessionId;
  readonly startedAtMs: EpochMs;
  readonly closedAtMs: EpochMs | null;
  /** The link that a phone's page is for; null for a screen, which is for whom the session knows now. */
  readonly linkId: string | null;
  readonly method: ConsentRecord['method'];
  /** Who touched: the visit stands for the client themselves. */
  readonly toucher: AuditActor;
  /** Who reads. */
  readonly reader: AuditActor;
}
