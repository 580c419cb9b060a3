import * as z from 'zod/mini';
import { EpochMs, MaisonId, StoreId } from './ids.ts';

/** What is written down for good: rights given and taken, and every touch of what is known of a client. */
export const auditActions = [
  'device.enrolment-made',
  'device.enrolment-withdrawn',
  'device.enrolled',
  'device.revoked',
  'device.key-changed',
  'activation.made',
  'activation.revoked',
  'token-key.changed',
  'advisor.added',
  'advisor.changed',
  'advisor.code-made',
  'advisor.pin-chosen',
  'advisor.pin-changed',
  'advisor.locked-out',
  'advisor.left',
  'advisor.erased',
  'passkey.made',
  'passkey.used',
  'passkey.revoked',
  'stock-rule.set',
  'sale.collection-reserved',
  'sale.collection-ended',
  'sale.transfer-asked',
  'sale.appointment-booked',
  'sale.appointment-moved',
  'sale.appointment-cancelled',
  'sale.order-placed',
  'sale.attributed',
  'follow-up.done',
  'follow-up.handed',
  'letter.replayed',
  'letter.discarded',
  'database.restored',
  'console.signed-in',
  'console.signed-out',
  'client.known',
  'client.consented',
  'client.read',
  'client.noted',
  'client.withdrawn',
  'client.ended',
  'client.erased',
  'client.erased-in-house',
  'client.erase-failed',
] as const;
export const AuditAction = z.enum(auditActions);
export type AuditAction = z.infer<typeof AuditAction>;

/**
 * Who did it, by pseudonym: a device's, an advisor's or a visit's id. The operator and the server itself have none. Never a
 * client's name, card or number in the OMS.
 */
export const AuditActor = z.object({
  kind: z.enum(['operator', 'device', 'advisor', 'visit', 'server']),
  id: z.nullable(z.string().check(z.minLength(1), z.maxLength(128))),
});
export type AuditActor = z.infer<typeof AuditActor>;

/** One line of a Maison's trail. Lines are written with what they tell of, in one transaction, and never changed. */
export const AuditEntry = z.object({
  /** Grows with every line of the Maison, without gaps: a line taken out would show. */
  seq: z.int().check(z.positive()),
  maisonId: MaisonId,
  storeId: z.nullable(StoreId),
  atMs: EpochMs,
  actor: AuditActor,
  action: AuditAction,
  /** The pseudonym of whom or what it was done to; null where the Maison itself is meant. */
  subject: z.nullable(z.string().check(z.maxLength(128))),
  /** Why, in the words of whoever did it or of a purpose; null where the action says it all. */
  reason: z.nullable(z.string().check(z.maxLength(500))),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
