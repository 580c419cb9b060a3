import type { WebGLRenderer } from 'three';
import type { Clock } from '../../sdk/core/clock.ts';
import { GpuFence } from '../root/gpu-fence.ts';
import { GlassKeeper } from '../surface/glass.ts';
import { PictureMeter } from './picture-meter.ts';
import { probeTier } from './probe-tier.ts';
import { QualityGovernor } from './quality-governor.ts';
import type { QualityReason, QualityTier, StageQuality, TierMeans } from './quality-tier.ts';
import { tierMeans } from './quality-tier.ts';

/** What a stage's quality is made of. */
export interface StageGovernorOptions {
  readonly renderer: WebGLRenderer;
  readonly clock: Clock;
  /** `auto` begins with the probe's guess and follows what pictures cost; a tier is kept. */
  readonly quality: QualityTier | 'auto';
  /** A tier is in force from the next picture on. Also called for the first one. */
  readonly onTier: (means: TierMeans, quality: StageQuality) => void;
}

/** Keeps one stage within its machine's means, and says in which tier it draws and why. */
export class StageGovernor {
  readonly glass: GlassKeeper;
  readonly #options: StageGovernorOptions;
  readonly #governor: QualityGovernor;
  readonly #fence: GpuFence;
  readonly #meter: PictureMeter;
  #reason: QualityReason;
  #changes = 0;

  constructor(options: StageGovernorOptions) {
    const { renderer, clock, quality } = options;
    this.#options = options;
    this.#reason = quality === 'auto' ? 'probed' : 'told';
    this.#governor = new QualityGovernor(quality === 'auto' ? probeTier(renderer, clock) : quality);
    this.#fence = new GpuFence(renderer.getContext());
    this.#meter = new PictureMeter(clock, this.#fence);
    this.glass = new GlassKeeper(tierMeans[this.#governor.tier].glass);
    this.#apply();
  }

  get quality(): StageQuality {
    const { tier, load } = this.#governor;
    return { tier, reason: this.#reason, changes: this.#changes, load };
  }

  /** At every beat of the display, before anything is drawn. True when the next picture is to be drawn in another tier. */
  beat(): boolean {
    const share = this.#meter.beat();
    if (share === null || this.#reason === 'told') return false;
    const change = this.#governor.note(this.#options.clock.monotonicMs(), share);
    if (change === null) return false;
    this.#reason = change;
    this.#changes += 1;
    this.#apply();
    return true;
  }

  /** Around the drawing of a picture. */
  begin(): void {
    this.#meter.begin();
  }

  end(): void {
    this.#meter.end();
  }

  dispose(): void {
    this.#fence.lower();
  }

  #apply(): void {
    const means = tierMeans[this.#governor.tier];
    this.#options.renderer.transmissionResolutionScale = means.glassScale;
    this.glass.setMode(means.glass);
    this.#options.onTier(means, this.quality);
  }
}
