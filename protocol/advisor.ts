import * as z from 'zod/mini';
import { Advisor } from './device.ts';
import { AdvisorId, EpochMs, Locale, MaisonId, StoreId } from './ids.ts';

/** Most advisors who work in one boutique at a time. */
export const mostAdvisors = 200;

const ShortWords = z.string().check(z.trim(), z.minLength(1), z.maxLength(60), z.regex(/^\P{Cc}*$/u));
const Titles = z.object({ en: ShortWords, fr: ShortWords });
const Languages = z.array(Locale).check(z.minLength(1), z.maxLength(Locale.options.length));

/** An advisor as the console shows them. A PIN or a start code is never told: only whether there is one. */
export const BoardAdvisor = z.extend(Advisor, {
  maisonId: MaisonId,
  storeId: StoreId,
  /** Whether they have chosen a PIN. */
  hasPin: z.boolean(),
  /** How many passkeys of theirs there are. */
  passkeys: z.int().check(z.nonnegative()),
  /** Until when their start code can be used; null where there is none. */
  startCodeUntilMs: z.nullable(EpochMs),
  /** Until when their name is locked after wrong PINs; null where it is not. */
  lockedUntilMs: z.nullable(EpochMs),
  /** When they last signed in on a tablet; null: never, or before this was written down. */
  lastSignInAtMs: z.nullable(EpochMs),
  /** When they left; null while they work here. */
  leftAtMs: z.nullable(EpochMs),
  /** When they were erased: what is told of them is a pseudonym. */
  erasedAtMs: z.nullable(EpochMs),
});
export type BoardAdvisor = z.infer<typeof BoardAdvisor>;

/** `GET /api/advisors?store=`: of one boutique. */
export const AdvisorBoardQuery = z.object({ store: StoreId });
export type AdvisorBoardQuery = z.infer<typeof AdvisorBoardQuery>;
/** By name; those who left come last, the latest first. */
export const AdvisorBoardReply = z.object({ serverTimeMs: EpochMs, advisors: z.array(BoardAdvisor) });
export type AdvisorBoardReply = z.infer<typeof AdvisorBoardReply>;

/** Which advisor a route is about: an id is one Maison's. */
export const AdvisorParams = z.object({ maisonId: MaisonId, id: AdvisorId });
export type AdvisorParams = z.infer<typeof AdvisorParams>;

/** `POST /api/advisors`: somebody new. They sign in once they have been given a start code. */
export const AddAdvisorRequest = z.object({
  maisonId: MaisonId,
  storeId: StoreId,
  name: ShortWords,
  title: Titles,
  languages: Languages,
});
export type AddAdvisorRequest = z.infer<typeof AddAdvisorRequest>;

/** `POST /api/advisors/<maison>/<id>/change`: what is left out stays as it is. */
export const ChangeAdvisorRequest = z.object({
  storeId: z.optional(StoreId),
  name: z.optional(ShortWords),
  title: z.optional(Titles),
  languages: z.optional(Languages),
});
export type ChangeAdvisorRequest = z.infer<typeof ChangeAdvisorRequest>;

/** The answer to these, and to `POST /api/advisors/<maison>/<id>/erase`, which gives the pseudonym. */
export const AdvisorReply = z.object({ advisor: BoardAdvisor });
export type AdvisorReply = z.infer<typeof AdvisorReply>;
