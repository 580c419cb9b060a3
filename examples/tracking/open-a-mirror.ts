import { createCameraTracker, pageIntrinsicsFor, systemClock } from 'vitrine';
import type { CameraProblem, CameraTracker, Tracker, TrackerAssets, TrackingProblem } from 'vitrine';

// #region open
/** Makes ready while nobody has agreed yet; the camera opens when the client touches `agree`, and never before. */
export function openMirror(assets: TrackerAssets, agree: HTMLElement): CameraTracker {
  const intrinsicsFor = pageIntrinsicsFor((fault) => reportError(fault));
  const tracker = createCameraTracker({ assets, clock: systemClock, intrinsicsFor });
  // Neither promise rejects for what a `problem` event tells.
  void tracker.warmUp();
  agree.addEventListener('click', () => void tracker.start());
  return tracker;
}
// #endregion

// #region problems
const problemWords: Readonly<Record<CameraProblem | TrackingProblem, string>> = {
  'camera-missing': 'There is no camera here.',
  'camera-denied': 'The camera may not be used. Allow it in the address bar, or go on without.',
  'camera-unplugged': 'The camera was taken away. It comes back by itself.',
  'camera-busy': 'Another program uses the camera. Close it there.',
  'model-missing': 'Trying on is not ready here.',
  'model-corrupt': 'Trying on is not ready here.',
  'tracker-failed': 'Trying on does not work on this device just now.',
};

/** Says what is wrong for as long as it is, and tries again when the client touches `again`. */
export function tellProblems(tracker: Tracker, words: HTMLElement, again: HTMLButtonElement): void {
  let told: CameraProblem | TrackingProblem | null = null;
  const tell = (problem: CameraProblem | TrackingProblem | null): void => {
    told = problem;
    words.textContent = problem && problemWords[problem];
    again.hidden = problem === null;
  };
  tell(null);
  tracker.events.on('problem', ({ problem }) => tell(problem));
  tracker.events.on('camera-opened', () => {
    // A camera came back by itself. What the tracker's own files lack, no camera brings.
    if (told?.startsWith('camera-')) tell(null);
  });
  again.addEventListener('click', () => {
    tell(null);
    tracker.stop();
    void tracker.start();
  });
}
// #endregion
