/** What a browser tells of an open camera. Every field is of W3C Media Capture and Streams or of Image Capture (`zoom`). */
export interface CameraFacts {
  /** The device's name; empty where the browser keeps it back. */
  readonly label: string;
  /** Stable for this origin until its data are cleared. */
  readonly deviceId: string;
  /** The track's digital zoom; null where it has none. */
  readonly zoom: number | null;
  /** Longer over shorter side of the largest picture that the camera offers, which is its sensor's shape; null if untold. */
  readonly sensorAspect: number | null;
}

/** The part of a video track that is read. */
export interface FactsTrack {
  readonly label: string;
  getSettings?(): { readonly deviceId?: string; readonly zoom?: number };
  getCapabilities?(): {
    readonly width?: { readonly max?: number };
    readonly height?: { readonly max?: number };
  };
}

/** A camera of which nothing is known. */
export const unknownCamera: CameraFacts = { label: '', deviceId: '', zoom: null, sensorAspect: null };

/**
 * Reads a track's facts now; the zoom may change while it runs. No standard tells a focal length or a field of view for a
 * colour camera: the one draft that did (Media Capture Depth Stream Extensions) was given up.
 */
export function cameraFactsOf(track: FactsTrack): CameraFacts {
  const settings = track.getSettings?.() ?? {};
  const capabilities = track.getCapabilities?.() ?? {};
  const [width, height] = [capabilities.width?.max ?? 0, capabilities.height?.max ?? 0];
  const isKnown = width > 0 && height > 0;
  return {
    label: track.label ?? '',
    deviceId: settings.deviceId ?? '',
    zoom: settings.zoom !== undefined && settings.zoom > 0 ? settings.zoom : null,
    sensorAspect: isKnown ? Math.max(width, height) / Math.min(width, height) : null,
  };
}
