import type { CalibrationStorage } from '../calibration/calibration-store.ts';
import type { IntrinsicsFor } from '../calibration/camera-intrinsics-source.ts';
import { createIntrinsicsFor } from '../calibration/camera-intrinsics-source.ts';
import { messageOf, VitrineError } from '../core/vitrine-error.ts';

/**
 * Intrinsics by what this page's own storage holds of its cameras, then by what is published of them, then the default. `onFault`
 * hears, as `calibration-unreadable` or `storage-refused`, why a calibration that may be there is not used.
 */
export function pageIntrinsicsFor(onFault: (fault: VitrineError) => void): IntrinsicsFor {
  return createIntrinsicsFor(pageStorage(onFault), (why) =>
    onFault(
      new VitrineError(
        'calibration-unreadable',
        `The camera's calibration cannot be read: ${why}`,
        'Calibrate it again at /console/calibrate/.',
      ),
    ),
  );
}

function pageStorage(onFault: (fault: VitrineError) => void): CalibrationStorage | null {
  // Merely naming the storage throws where the browser refuses it to an embedded page.
  try {
    return globalThis.localStorage;
  } catch (cause) {
    onFault(
      new VitrineError(
        'storage-refused',
        messageOf(cause),
        'Allow this page to keep data, or go on without.',
      ),
    );
    return null;
  }
}
