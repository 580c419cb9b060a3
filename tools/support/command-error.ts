/** A fault of a command, told to the person who typed it: what happened, and what to do. */
export class CommandError extends Error {
  readonly code: string;
  readonly advice: string;

  constructor(code: string, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.code = code;
    this.advice = advice;
  }
}
