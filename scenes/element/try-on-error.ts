import { VitrineError } from '../../sdk/core/vitrine-error.ts';
import type { CameraProblem, TrackingProblem } from '../../sdk/tracking/tracker.ts';
import type { PieceErrorCode } from '../models/piece-error.ts';

/**
 * What may go wrong with `<vitrine-try-on>`, beside what may go wrong with a model or a camera.
 * - `collection-unreachable`, `collection-malformed`: the Maison's catalogue or theme did not come, or is none.
 * - `piece-unknown`: the catalogue has no such piece, or no such variant of it.
 * - `tracking-unavailable`: the place the script came from offers no tracking; the mannequin stays.
 * - `stage-unavailable`: this browser draws no 3D (WebGL 2).
 */
export type TryOnErrorCode =
  | 'collection-unreachable'
  | 'collection-malformed'
  | 'piece-unknown'
  | 'tracking-unavailable'
  | 'stage-unavailable';

/** A fault of the element's own. */
export class TryOnError extends VitrineError<TryOnErrorCode> {
  constructor(code: TryOnErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, adviceFor(code), options);
    this.name = 'TryOnError';
  }
}

/** Every code that the element's `error` event may carry. */
export type TryOnProblemCode = TryOnErrorCode | PieceErrorCode | CameraProblem | TrackingProblem;

function adviceFor(code: TryOnErrorCode): string {
  switch (code) {
    case 'collection-unreachable':
      return 'Check the attributes "maison" and "base", and that the server allows this page (CORS).';
    case 'collection-malformed':
      return 'The server and this script are of different versions: take both from the same release.';
    case 'piece-unknown':
      return 'Check the attributes "piece" and "variant" against the Maison’s catalogue.';
    case 'tracking-unavailable':
      return 'Install the tracking model on the server, or set the attribute camera="off".';
    case 'stage-unavailable':
      return 'Switch on hardware acceleration, or try a current browser.';
  }
}

/** What to do about a camera or a tracker that does not do its work; the message says what happened. */
export function adviceForProblem(problem: CameraProblem | TrackingProblem): string {
  switch (problem) {
    case 'camera-missing':
      return 'Connect a camera, and serve the page by https or from localhost.';
    case 'camera-denied':
      return 'Allow the camera in the browser’s settings for this page, and in the Permissions-Policy of a page around it.';
    case 'camera-unplugged':
      return 'Connect the camera again, and touch once more.';
    case 'camera-busy':
      return 'Close the program or page that uses the camera, and touch again.';
    case 'model-missing':
      return 'See that the tracking model’s address answers from this page, then load it again.';
    case 'model-corrupt':
      return 'Serve the official tracking model, whose checksum the server tells, then load the page again.';
    case 'tracker-failed':
      return 'Allow workers and WebAssembly in the page’s policy (docs/embed.md), then load it again.';
  }
}
