import * as z from 'zod/mini';
import { EpochMs } from './ids.ts';
import { PasskeyId, PasskeyIntroduction, PasskeyInvitation, PasskeyQuestion } from './passkey.ts';

/** What the operator calls a passkey, so that a lost one can be told from the others. */
export const OperatorPasskeyName = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(60), z.regex(/^\P{Cc}*$/u));
export type OperatorPasskeyName = z.infer<typeof OperatorPasskeyName>;

/** One of the operator's passkeys. */
export const OperatorPasskey = z.object({
  id: PasskeyId,
  name: z.string(),
  madeAtMs: EpochMs,
  /** When it last opened the console; null: never. */
  usedAtMs: z.nullable(EpochMs),
});
export type OperatorPasskey = z.infer<typeof OperatorPasskey>;

/** `GET /api/console/passkeys`. One is revoked by `POST /api/console/passkeys/<id>/revoke`. */
export const OperatorPasskeysReply = z.object({ passkeys: z.array(OperatorPasskey) });
export type OperatorPasskeysReply = z.infer<typeof OperatorPasskeysReply>;

/** `POST /api/console/passkeys/question`: what a passkey signs for a sign-in `by: 'passkey'`. */
export const OperatorQuestionReply = z.object({ question: PasskeyQuestion });
export type OperatorQuestionReply = z.infer<typeof OperatorQuestionReply>;

/** `POST /api/console/passkeys/invitation`: what a new one is made from. */
export const OperatorInvitationReply = z.object({ invitation: PasskeyInvitation });
export type OperatorInvitationReply = z.infer<typeof OperatorInvitationReply>;

/** `POST /api/console/passkeys`. */
export const MakeOperatorPasskeyRequest = z.object({
  name: OperatorPasskeyName,
  introduction: PasskeyIntroduction,
});
export type MakeOperatorPasskeyRequest = z.infer<typeof MakeOperatorPasskeyRequest>;
export const OperatorPasskeyReply = z.object({ passkey: OperatorPasskey });
export type OperatorPasskeyReply = z.infer<typeof OperatorPasskeyReply>;
