import { EventDispatcher } from 'three/src/core/EventDispatcher.js';

/** What three.js's renderer and R3F ask a `WebXRManager` while nobody wears a headset. */
export class WebXRManager extends EventDispatcher {
  readonly enabled = false;
  readonly isPresenting = false;

  getSession(): null {
    return null;
  }

  getEnvironmentBlendMode(): undefined {
    return undefined;
  }

  setAnimationLoop(): void {
    // The page's own loop draws.
  }

  dispose(): void {
    // Nothing is held.
  }
}
