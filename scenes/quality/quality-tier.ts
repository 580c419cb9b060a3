/** How much a stage gives to what it draws. */
export type QualityTier = 'low' | 'middle' | 'full';

/**
 * Why a stage draws as it does: it was `told`; the probe at its start (`probed`); its pictures took too much of their time
 * (`strained`); they left enough of it for long enough (`eased`).
 */
export type QualityReason = 'told' | 'probed' | 'strained' | 'eased';

/** What an address asks for by `?quality=low`, `middle` or `full`; `auto` otherwise. */
export function qualityRequestOf(search: string): QualityTier | 'auto' {
  const asked = new URLSearchParams(search).get('quality');
  return qualityTiers.find((tier) => tier === asked) ?? 'auto';
}

/** From the cheapest on. */
export const qualityTiers = ['low', 'middle', 'full'] as const satisfies readonly QualityTier[];

/** How what lets light through is drawn: bent by colour; bent as one; not at all, with the studio in its facets. */
export type GlassMode = 'dispersed' | 'bent' | 'baked';

/** What a tier spends. */
export interface TierMeans {
  readonly glass: GlassMode;
  /** Side of the picture that is seen through glass, as a share of the whole one's. */
  readonly glassScale: number;
  /** Beyond two device pixels per CSS pixel no eye at arm's length sees a difference, and the cost is square. */
  readonly maxPixelRatio: number;
  /** Whether skin darkens softly where a piece touches it, beside the shadow that falls on it. */
  readonly touch: boolean;
  /** Side of the key light's shadow on the mannequin. */
  readonly shadowPx: number;
  /** From how many samples for a direction the studio is filtered that pieces reflect. */
  readonly studioSamples: number;
}

export const tierMeans: Readonly<Record<QualityTier, TierMeans>> = {
  full: {
    glass: 'dispersed',
    glassScale: 1,
    maxPixelRatio: 2,
    touch: true,
    shadowPx: 2_048,
    studioSamples: 256,
  },
  middle: {
    glass: 'bent',
    glassScale: 0.5,
    maxPixelRatio: 1.5,
    touch: true,
    shadowPx: 1_024,
    studioSamples: 64,
  },
  low: {
    glass: 'baked',
    glassScale: 0.5,
    maxPixelRatio: 1,
    touch: false,
    shadowPx: 1_024,
    studioSamples: 32,
  },
};

/** How a stage draws, as its metrics tell it. */
export interface StageQuality {
  readonly tier: QualityTier;
  readonly reason: QualityReason;
  /** How often the tier changed since the stage began. */
  readonly changes: number;
  /** The share of the time between two pictures that drawing one takes, median of late; NaN until it was measured. */
  readonly load: number;
}
