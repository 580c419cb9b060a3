/**
 * The base of every fault that Vitrine throws: a stable `code` for programs, a plain sentence for people, and in
 * `advice` what to do next.
 */
export class VitrineError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly advice: string;

  constructor(code: Code, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VitrineError';
    this.code = code;
    this.advice = advice;
  }
}

/** The message of anything that was thrown, for logs. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
