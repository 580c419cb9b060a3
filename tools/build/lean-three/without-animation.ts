/** What moves in a model file: it is read, because the loader reads it, and never played. */
class KeyframeTrack {
  readonly name: string;
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;

  constructor(name: string, times: ArrayLike<number>, values: ArrayLike<number>) {
    this.name = name;
    this.times = times;
    this.values = values;
  }
}

export class NumberKeyframeTrack extends KeyframeTrack {}
export class QuaternionKeyframeTrack extends KeyframeTrack {}
export class VectorKeyframeTrack extends KeyframeTrack {}

export class AnimationClip {
  readonly name: string;
  readonly duration: number;
  readonly tracks: readonly KeyframeTrack[];
  readonly userData: Record<string, unknown> = {};

  constructor(name: string, duration = -1, tracks: readonly KeyframeTrack[] = []) {
    this.name = name;
    this.duration = duration;
    this.tracks = tracks;
  }
}

/** Of what binds movements to nodes, the rule for their names: the loader calls every node by it. */
export const PropertyBinding = {
  sanitizeNodeName: (name: string): string => name.replaceAll(/\s/g, '_').replaceAll(/[[\].:/]/g, ''),
};
