import { Vector3, type IUniform, type Scene, type WebGLRenderer } from 'three';
import type { LightEstimate } from '../../sdk/anchors/anchor-frame.ts';
import { keyTurnRad } from '../light/key-turn.ts';
import { houseStudio } from '../light/studio.ts';
import { StudioLight } from '../light/studio-light.ts';
import { clearGrain, createGrain, moveGrain } from '../surface/grain.ts';

/** The share of the way to the measured direction that one picture takes: reflections glide, they do not jump. */
const turnShare = 0.06;

/** The light of one stage: the house's studio, in the colour, strength and direction that the camera sees on the client. */
export class StageLight {
  readonly exposure: IUniform<number> = { value: 1 };
  readonly tint: IUniform<Vector3> = { value: new Vector3(1, 1, 1) };
  readonly grain = createGrain();
  readonly #scene: Scene;
  readonly #renderer: WebGLRenderer;
  #studio: StudioLight | null = null;

  constructor(renderer: WebGLRenderer, scene: Scene) {
    this.#renderer = renderer;
    this.#scene = scene;
  }

  /** The studio from at least so many samples for a direction: what was filtered more finely before stays. */
  setStudioSamples(samples: number): void {
    if (this.#studio === null) this.#studio = new StudioLight(this.#renderer, houseStudio, samples);
    else if (samples > this.#studio.samples) this.#studio.rebake(samples);
    this.#scene.environment = this.#studio.texture;
  }

  /**
   * Takes a picture's light; `cameraPerDevicePx` is how many of its pixels one of the screen's is, null where no camera
   * shows. Allocates nothing.
   */
  take({ tint, exposure, harmonics, noise }: LightEstimate, cameraPerDevicePx: number | null): void {
    this.tint.value.set(tint[0], tint[1], tint[2]);
    this.exposure.value = clampExposure(exposure);
    const isCamera = cameraPerDevicePx !== null;
    this.#scene.environmentIntensity = isCamera ? this.exposure.value : 1;
    const turn = this.#scene.environmentRotation;
    turn.y += turnShare * ((isCamera ? keyTurnRad(harmonics) : 0) - turn.y);
    if (isCamera) moveGrain(this.grain, noise, cameraPerDevicePx);
    else clearGrain(this.grain);
  }

  /** Makes anew what lived in GPU memory only. */
  rebake(): void {
    this.#studio?.rebake();
    this.#scene.environment = this.#studio?.texture ?? null;
  }

  dispose(): void {
    this.#studio?.dispose();
  }
}

/** As dark as the darkest face that a camera still shows; and a bright window behind the client burns nothing out. */
const leastExposure = 0.08;
const mostExposure = 1.6;

function clampExposure(exposure: number): number {
  return Math.min(mostExposure, Math.max(leastExposure, exposure));
}
