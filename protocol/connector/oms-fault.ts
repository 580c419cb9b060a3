/** Why a call could not be answered at all, as opposed to being answered by no. */
export const omsFaultCodes = [
  'unavailable', // the system does not answer, or asks to come back later
  'refused', // it does not let the kit do this: a wrong key, a missing right
  'misspoke', // it answered in another form than agreed
  'unsupported', // the connector does not have this capability
] as const;
export type OmsFaultCode = (typeof omsFaultCodes)[number];

/** A call to the house's system that failed. What a system may say by rights is an outcome, never this. */
export class OmsFault extends Error {
  readonly code: OmsFaultCode;
  /** When the system asked to be called again, if it did. */
  readonly retryAfterMs: number | null;

  constructor(code: OmsFaultCode, message: string, options?: ErrorOptions & { retryAfterMs?: number }) {
    super(message, options);
    this.name = 'OmsFault';
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs ?? null;
  }
}

/** Whether the same call may succeed later without anybody's help. */
export function isPassing(fault: unknown): fault is OmsFault {
  return fault instanceof OmsFault && fault.code === 'unavailable';
}

/** The fault of a call that a connector does not have. */
export function unsupported(connector: string, call: string): OmsFault {
  return new OmsFault('unsupported', `The connector ${connector} has no ${call}.`);
}
