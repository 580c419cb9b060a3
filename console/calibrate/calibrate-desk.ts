import type { StoredCalibration } from '../../sdk/calibration/calibration-store.ts';
import { CalibrationStore, orientationOf } from '../../sdk/calibration/calibration-store.ts';
import type { CalibrationStorage } from '../../sdk/calibration/calibration-store.ts';
import type { TakenView, WizardSight, WizardView } from '../../sdk/calibration/card-wizard.ts';
import { CardWizard } from '../../sdk/calibration/card-wizard.ts';
import type { LumaPicture } from '../../sdk/calibration/luma-picture.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { Result } from '../../sdk/core/result.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { CameraListener, CameraTrouble, PageCamera } from './camera.ts';

/** What the wizard's own calibration says, as the page shows it. */
export type Outcome = ReturnType<CardWizard['calibration']>;

/** A quad as the wizard gives it. */
export type Corners = TakenView['corners'];

/** Where the page is. */
export type DeskState =
  | { readonly kind: 'closed'; readonly trouble: CameraTrouble | 'camera-unplugged' | null }
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'looking';
      readonly camera: PageCamera;
      readonly wanted: WizardView;
      readonly outline: Corners;
      readonly sight: WizardSight;
      readonly taken: readonly TakenView[];
      /** Null before there are enough views. */
      readonly soFar: Outcome | null;
    }
  | {
      readonly kind: 'done';
      readonly camera: PageCamera;
      readonly taken: readonly TakenView[];
      readonly outcome: Outcome;
      readonly kept: 'no' | 'yes' | 'storage-full';
      /** What was kept of this camera before; `unreadable` when there was something that could not be read. */
      readonly before: StoredCalibration | 'none' | 'unreadable';
    };

/** Opens the camera, leads through the views, and keeps what they tell, on this device only. */
export class CalibrateDesk {
  readonly state = new ValueStore<DeskState>({ kind: 'closed', trouble: null });
  readonly #open: (listener: CameraListener) => Promise<Result<PageCamera, CameraTrouble>>;
  readonly #store: CalibrationStore;
  readonly #clock: Clock;
  #wizard: CardWizard | null = null;

  constructor(ports: {
    readonly open: (listener: CameraListener) => Promise<Result<PageCamera, CameraTrouble>>;
    readonly storage: CalibrationStorage;
    readonly clock: Clock;
  }) {
    this.#open = ports.open;
    this.#store = new CalibrationStore(ports.storage);
    this.#clock = ports.clock;
  }

  /** Opens the camera and begins. Call only from a click that said so. */
  async begin(): Promise<void> {
    if (this.state.get().kind !== 'closed') return;
    this.state.set({ kind: 'opening' });
    const opened = await this.#open({
      onPicture: (picture) => this.#look(picture),
      onUnplugged: () => this.state.set({ kind: 'closed', trouble: 'camera-unplugged' }),
    });
    if (!opened.ok) this.state.set({ kind: 'closed', trouble: opened.error });
    else this.#startOver(opened.value);
  }

  /** Forgets the views and begins with the first again. */
  again(): void {
    const state = this.state.get();
    if (state.kind === 'looking' || state.kind === 'done') this.#startOver(state.camera);
  }

  /** Goes on without the view that is asked for. */
  skip(): void {
    const state = this.state.get();
    if (state.kind !== 'looking' || this.#wizard === null) return;
    this.#wizard.skip();
    this.#show(this.#wizard, state.camera, { kind: 'no-card' });
  }

  /** Keeps the result for this camera in place of what was kept before. */
  keep(): void {
    const state = this.state.get();
    if (state.kind !== 'done' || !state.outcome.ok) return;
    const { camera, outcome } = state;
    const facts = camera.facts();
    const { focalPx, focalPlusMinusPx, rmsPx, cameraFromCards } = outcome.value;
    try {
      this.#store.keep(facts, {
        widthPx: camera.widthPx,
        heightPx: camera.heightPx,
        focalPx,
        focalPlusMinusPx,
        zoom: facts.zoom,
        sensorAspect: facts.sensorAspect,
        rmsPx,
        views: cameraFromCards.filter((pose) => pose !== null).length,
        madeAtMs: this.#clock.nowMs(),
      });
      this.state.set({ ...state, kept: 'yes' });
    } catch {
      this.state.set({ ...state, kept: 'storage-full' });
    }
  }

  /** Puts the camera out and forgets every view. */
  close(): void {
    const state = this.state.get();
    if (state.kind === 'looking' || state.kind === 'done') state.camera.close();
    this.#wizard = null;
    this.state.set({ kind: 'closed', trouble: null });
  }

  #startOver(camera: PageCamera): void {
    this.#wizard = new CardWizard(camera.widthPx, camera.heightPx);
    this.#show(this.#wizard, camera, { kind: 'no-card' });
  }

  #look(picture: LumaPicture): void {
    const state = this.state.get();
    if (state.kind !== 'looking' || this.#wizard === null) return;
    this.#show(this.#wizard, state.camera, this.#wizard.look(picture));
  }

  #show(wizard: CardWizard, camera: PageCamera, sight: WizardSight): void {
    const [wanted, outline, { taken }] = [wizard.wanted, wizard.outline(), wizard];
    if (wanted === null || outline === null) {
      this.state.set({
        kind: 'done',
        camera,
        taken: taken.slice(),
        outcome: wizard.calibration(),
        kept: 'no',
        before: this.#before(camera),
      });
      return;
    }
    const before = this.state.get();
    const isNew = before.kind !== 'looking' || before.taken.length !== taken.length;
    const soFar = isNew ? (taken.length > 0 ? wizard.calibration() : null) : before.soFar;
    this.state.set({ kind: 'looking', camera, wanted, outline, sight, taken: taken.slice(), soFar });
  }

  #before(camera: PageCamera): StoredCalibration | 'none' | 'unreadable' {
    const reading = this.#store.read(camera.facts(), orientationOf(camera.widthPx, camera.heightPx));
    return reading.kind === 'found' ? reading.calibration : reading.kind;
  }
}

/** The angle of view across the picture's height with its 95 % half-interval, in degrees. */
export function verticalFovDeg(
  heightPx: number,
  focal: { readonly focalPx: number; readonly focalPlusMinusPx: number },
): { readonly valueDeg: number; readonly plusMinusDeg: number } {
  const fovDeg = (focalPx: number): number => (Math.atan(heightPx / 2 / focalPx) * 360) / Math.PI;
  const { focalPx, focalPlusMinusPx } = focal;
  return {
    valueDeg: fovDeg(focalPx),
    plusMinusDeg: (fovDeg(focalPx - focalPlusMinusPx) - fovDeg(focalPx + focalPlusMinusPx)) / 2,
  };
}
