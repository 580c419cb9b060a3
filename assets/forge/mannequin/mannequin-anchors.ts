/** A place in the canonical face frame, millimetres: +x the wearer's left, +y up, +z out of the face. */
export type PlaceMm = readonly [x: number, y: number, z: number];

/**
 * Where spectacles touch the mannequin: `noseBridge` on the skin a third of the way from landmark 6 up to
 * landmark 168, as the tracker's anchor of the same name; the ears at the top of their root, where a temple lies down, 98 mm behind it.
 */
export const mannequinAnchors = {
  noseBridge: [0, 27, 55.7],
  leftEar: [76.5, 28.9, -45],
  rightEar: [-76.5, 28.9, -45],
} as const satisfies Readonly<Record<string, PlaceMm>>;
