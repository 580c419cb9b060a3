import * as z from 'zod/mini';
import { EpochMs } from './ids.ts';

/** Digits of an advisor's PIN. */
export const shortestPin = 4;
export const longestPin = 8;

/** An advisor's PIN. */
export const Pin = z.string().check(z.regex(/^\d{4,8}$/));

/** Digits of a start code: at the pad of a tablet they are typed as a PIN is, and counted as one. */
export const startCodeDigits = 8;

/** How long a start code can be used. */
export const startCodeMs = 24 * 3_600_000;

/** What an operator gives an advisor to choose their PIN with: once, and within a day. */
export const StartCode = z.string().check(z.regex(/^\d{8}$/));

/** The answer to `POST /api/advisors/<maison>/<id>/start-code`. The code is told this once, and kept nowhere. */
export const StartCodeReply = z.object({ code: StartCode, expiresAtMs: EpochMs });
export type StartCodeReply = z.infer<typeof StartCodeReply>;

/** The middle column of every keypad, down and up. */
const column = ['2580', '0852'];

/**
 * Whether a PIN is among the first that anybody would guess: digits in equal steps (0000, 1234, 8642), a short piece again and again
 * (1212, 123123), the middle column of the pad, a year of somebody's birth, or a piece of the start code, which others may have seen.
 */
export function isEasyPin(pin: string, startCode = ''): boolean {
  const steps = Array.from(pin.slice(1), (digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  if (steps.every((step) => step === steps[0])) return true;
  for (let length = 1; length <= pin.length / 2; length += 1) {
    if (
      pin ===
      pin
        .slice(0, length)
        .repeat(Math.ceil(pin.length / length))
        .slice(0, pin.length)
    )
      return true;
  }
  return column.includes(pin) || /^(?:19[3-9]|20[0-3])\d$/.test(pin) || startCode.includes(pin);
}
