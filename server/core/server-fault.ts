/** Why the server cannot start or go on. */
export type ServerFaultCode =
  | 'port-taken'
  | 'address-unusable'
  | 'database-newer'
  | 'database-unreadable'
  | 'database-unreachable'
  | 'database-unwalled'
  | 'redis-url-invalid'
  | 'collections-invalid'
  | 'connectors-invalid'
  | 'houses-invalid'
  | 'metrics-port-unusable'
  | 'backup-failed'
  | 'backup-running'
  | 'backup-broken'
  | 'erasure-mark-broken'
  | 'data-not-empty'
  | 'settings-invalid';

/** A fault that a person must see to: a stable `code`, a plain sentence, and in `advice` what to do next. */
export class ServerFault extends Error {
  readonly code: ServerFaultCode;
  readonly advice: string;

  constructor(code: ServerFaultCode, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServerFault';
    this.code = code;
    this.advice = advice;
  }
}

/** The stable code that Node and database drivers put on their errors, where there is one. */
export function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
