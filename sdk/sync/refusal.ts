import { WireError, type Answer, type ErrorCode } from '../../protocol/errors.ts';

/** A refusal that the device makes itself. */
export function refusal(
  code: ErrorCode,
  message: string,
): { readonly ok: false; readonly error: WireError } & Answer<never> {
  return { ok: false, error: { code, message } };
}

/** Reads a refusal that came from outside; undefined where it is none. */
export function readRefusal(received: unknown): WireError | undefined {
  const parsed = WireError.safeParse(received);
  return parsed.success ? parsed.data : undefined;
}
