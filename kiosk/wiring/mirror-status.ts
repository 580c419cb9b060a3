import type { CameraProblem, Tracker, TrackingProblem } from '../../sdk/tracking/tracker.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { ScreenName } from '../app/screen.ts';

/** How the mirror stands, in the words of a screen. Each has its own sentence and a next step. */
export type MirrorStatus =
  'off' | 'starting' | 'searching' | 'tracking' | 'lost' | CameraProblem | TrackingProblem;

function isCameraProblem(status: MirrorStatus): boolean {
  return status.startsWith('camera-');
}

/** Whether the stage can show the client; otherwise it shows the mannequin. */
export function showsClient(status: MirrorStatus): boolean {
  return status === 'searching' || status === 'tracking' || status === 'lost';
}

/** Whether it shows the client or is about to. */
export function mayShowClient(status: MirrorStatus): boolean {
  return status === 'starting' || showsClient(status);
}

/** What the mirror shows: the client or still the mannequin, and on them the piece that is looked at, or not. */
export interface MirrorSight {
  readonly mirrored: boolean;
  readonly placed: boolean;
  /** Whether that piece is worn on a hand, which an outline asks for. */
  readonly asksForHand: boolean;
}

/**
 * What is said of the mirror: it is opening until the client is seen in it, whatever the camera says. No face is looked for while a piece has
 * its place, on a hand it may be without one, nor while it waits for a hand: two instructions at once would be one too many.
 */
export function toldStatus(
  status: MirrorStatus,
  { mirrored, placed, asksForHand }: MirrorSight,
): MirrorStatus {
  if (showsClient(status) && !mirrored) return 'starting';
  return (placed || asksForHand) && (status === 'searching' || status === 'lost') ? 'tracking' : status;
}

/**
 * Whether the camera may be open: only after consent, from the mirror on, and while the client looks closer or calls; never
 * in the story, at the welcome or at rest.
 */
export function wantsCamera(screen: ScreenName, consented: boolean, wasOpen: boolean): boolean {
  if (!consented) return false;
  switch (screen) {
    case 'wear':
    case 'together':
      return true;
    case 'closer':
    case 'notice':
    case 'join':
    case 'calling':
      return wasOpen;
    case 'attract':
    case 'welcome':
    // A code is looked for by a camera of its own, and nobody is followed meanwhile.
    case 'list':
    case 'discover':
    case 'farewell':
    case 'wiping':
      return false;
  }
}

/** Owns the tracker's running: opens the camera when it may be open, closes it as soon as it may not. */
export class MirrorSwitch {
  readonly #status = new ValueStore<MirrorStatus>('off');
  readonly #tracker: Tracker | null;
  readonly #onFault: (fault: unknown) => void;
  #open = false;
  /** What keeps a late answer of an earlier start from speaking for a later one. */
  #round = 0;

  /** `tracker` is null where no model was to be had: the status then says so as soon as the mirror is wanted. */
  constructor(tracker: Tracker | null, onFault: (fault: unknown) => void) {
    this.#tracker = tracker;
    this.#onFault = onFault;
    if (!tracker) return;
    tracker.events.on('tracking-found', () => this.#say('tracking'));
    tracker.events.on('tracking-lost', () => this.#say('lost'));
    // The camera came back by itself.
    tracker.events.on('camera-opened', () => {
      if (isCameraProblem(this.#status.get())) this.#say('searching');
    });
    tracker.events.on('problem', ({ problem }) => this.#say(problem));
  }

  get status(): ReadableStore<MirrorStatus> {
    return this.#status;
  }

  /** Whether the camera is wanted open now. */
  get open(): boolean {
    return this.#open;
  }

  /** Follows what the visit wants. */
  set(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    this.#round += 1;
    if (open) void this.#start();
    else {
      this.#tracker?.stop();
      this.#status.set('off');
    }
  }

  /** Tries again after a problem. */
  retry(): void {
    if (!this.#open) return;
    this.#round += 1;
    this.#tracker?.stop();
    void this.#start();
  }

  async #start(): Promise<void> {
    const tracker = this.#tracker;
    if (!tracker) {
      this.#status.set('model-missing');
      return;
    }
    const round = this.#round;
    // An event may have told more by then: its word stands.
    const settle = (status: MirrorStatus): void => {
      if (round === this.#round && this.#status.get() === 'starting') this.#status.set(status);
    };
    this.#status.set('starting');
    try {
      await tracker.start();
      settle('searching');
    } catch (fault) {
      settle('tracker-failed');
      this.#onFault(fault);
    }
  }

  #say(status: MirrorStatus): void {
    if (this.#open) this.#status.set(status);
  }
}
