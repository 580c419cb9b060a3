import type { MirrorReport, ReportedCamera, ReportedTracking } from '../../protocol/device-report.ts';
import type { TrackerMetrics } from '../../sdk/tracking/tracker.ts';
import type { MirrorStatus } from './mirror-status.ts';
import type { StageFigures } from './stage-gauge.ts';

/**
 * What a mirror tells of itself. Of what it sees nothing is told, not even whether somebody is there: found, lost and searched for are
 * the same `open`.
 */
export function mirrorReportOf(
  status: MirrorStatus,
  metrics: Pick<TrackerMetrics, 'delegate' | 'medianInferenceMs' | 'recoveries'> | null,
  stage: StageFigures,
): MirrorReport {
  return {
    camera: cameraOf(status),
    tracking: trackingOf(status, metrics),
    delegate: metrics?.delegate ?? null,
    tier: stage.tier,
    picturesPerSecond: rounded(stage.picturesPerSecond),
    inferenceMs: metrics && metrics.medianInferenceMs > 0 ? rounded(metrics.medianInferenceMs) : null,
    recoveries: { ...(metrics?.recoveries ?? noRecoveries) },
  };
}

const noRecoveries: MirrorReport['recoveries'] = {
  hung: 0,
  poisoned: 0,
  crashed: 0,
  memory: 0,
  'camera-lost': 0,
  'camera-stalled': 0,
  'picture-frozen': 0,
  'clock-jump': 0,
};

function cameraOf(status: MirrorStatus): ReportedCamera {
  switch (status) {
    case 'searching':
    case 'tracking':
    case 'lost':
      return 'open';
    case 'model-missing':
    case 'model-corrupt':
    case 'tracker-failed':
      return 'off';
    default:
      return status;
  }
}

function trackingOf(
  status: MirrorStatus,
  metrics: Pick<TrackerMetrics, 'delegate'> | null,
): ReportedTracking {
  if (status === 'model-missing' || status === 'model-corrupt' || status === 'tracker-failed') return status;
  if (!metrics) return 'model-missing';
  return metrics.delegate === null ? 'warming' : 'ready';
}

function rounded(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Math.round(value * 10) / 10;
}
