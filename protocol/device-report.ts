import * as z from 'zod/mini';

const count = z.int().check(z.nonnegative(), z.maximum(1_000_000_000));

/** What became of the camera. `off` is its usual state: it is open after a client's consent only. */
export const ReportedCamera = z.enum([
  'off',
  'starting',
  'open',
  'camera-missing',
  'camera-denied',
  'camera-unplugged',
  'camera-busy',
]);
export type ReportedCamera = z.infer<typeof ReportedCamera>;

/** Whether the mirror can follow anybody. Never whether somebody is there. */
export const ReportedTracking = z.enum([
  'warming',
  'ready',
  'model-missing',
  'model-corrupt',
  'tracker-failed',
]);
export type ReportedTracking = z.infer<typeof ReportedTracking>;

/** What a mirror tells of itself. */
export const MirrorReport = z.strictObject({
  camera: ReportedCamera,
  tracking: ReportedTracking,
  delegate: z.nullable(z.enum(['CPU', 'GPU'])),
  tier: z.nullable(z.enum(['low', 'middle', 'full'])),
  /** Pictures drawn per second since the last report; null while nothing is drawn. */
  picturesPerSecond: z.nullable(z.number().check(z.nonnegative(), z.maximum(1_000))),
  /** Median of one run of the network; null before the first. */
  inferenceMs: z.nullable(z.number().check(z.nonnegative(), z.maximum(600_000))),
  /** How often it recovered by itself since the page was opened, by cause. */
  recoveries: z.strictObject({
    hung: count,
    poisoned: count,
    crashed: count,
    memory: count,
    'camera-lost': count,
    'camera-stalled': count,
    'picture-frozen': count,
    'clock-jump': count,
  }),
});
export type MirrorReport = z.infer<typeof MirrorReport>;

/**
 * What a device tells of its own health: numbers and closed words. The form is strict: nothing of a picture, of a face or of a client
 * has a place in it.
 */
export const DeviceReport = z.strictObject({
  /** Since the page was opened. */
  upMs: z.int().check(z.nonnegative()),
  /** Faults that it noticed since then. */
  faults: count,
  /** Null of what is no mirror. */
  mirror: z.nullable(MirrorReport),
});
export type DeviceReport = z.infer<typeof DeviceReport>;
