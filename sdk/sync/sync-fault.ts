import { VitrineError } from '../core/vitrine-error.ts';

/** What can go wrong on the device's side of the line. */
export type SyncFaultCode =
  /** IndexedDB would not read or write: what is known now does not survive a reload. */
  | 'storage-failed'
  /** The device's key could not be made or used. */
  | 'key-failed'
  /** A message from the server did not have the agreed form. */
  | 'malformed-message';

/** A fault of the device's line to its server. */
export class SyncFault extends VitrineError<SyncFaultCode> {}

/** A fault of local storage. */
export function storageFault(doing: string, cause: unknown): SyncFault {
  return new SyncFault(
    'storage-failed',
    `The device could not ${doing}.`,
    'Check that the browser may store data for this site and that the disk is not full.',
    { cause },
  );
}

/** A fault of a message from the server. */
export function malformedFault(what: string, cause?: unknown): SyncFault {
  return new SyncFault(
    'malformed-message',
    `The server sent a "${what}" that does not have the agreed form.`,
    'Check that server and device are of the same release.',
    { cause },
  );
}
