import type { Lead } from './lead.ts';

/** One thing on the mirror, and for how long; `came-back` where it had been there before. */
export interface WornStep {
  readonly kind: 'tried' | 'came-back';
  readonly pieceId: string;
  readonly variantId: string;
  readonly by: Lead;
  readonly atMs: number;
  /** Null while it is on. */
  readonly untilMs: number | null;
}

/** A piece was put on the shortlist, or taken off it. */
export interface ChoiceStep {
  readonly kind: 'kept' | 'set-aside';
  readonly sku: string;
  readonly by: Lead;
  readonly atMs: number;
}

export type PathStep = WornStep | ChoiceStep;

/** Whatever stayed on for so long was lingered over. */
export const lingerMs = 30_000;

/** A long evening has fewer steps; of one with more the oldest go. */
const mostSteps = 200;

type Choice = Pick<WornStep, 'pieceId' | 'variantId'>;

/** The path with one more thing on the mirror. The same thing again (a ring on another finger) is no new step. */
export function stepWorn(
  path: readonly PathStep[],
  { pieceId, variantId }: Choice,
  by: Lead,
  atMs: number,
): readonly PathStep[] {
  const on = path.findLast(isWornStep);
  const same = (step: WornStep): boolean => step.pieceId === pieceId && step.variantId === variantId;
  if (on && on.untilMs === null && same(on)) return path;
  const kind = path.some((step) => isWornStep(step) && same(step)) ? 'came-back' : 'tried';
  return [...endPath(path, atMs), { kind, pieceId, variantId, by, atMs, untilMs: null } as const].slice(
    -mostSteps,
  );
}

/** The path with one more choice. */
export function stepChosen(path: readonly PathStep[], step: ChoiceStep): readonly PathStep[] {
  return [...path, step].slice(-mostSteps);
}

/** Nothing is on the mirror any more. */
export function endPath(path: readonly PathStep[], atMs: number): readonly PathStep[] {
  return path.map((step) =>
    isWornStep(step) && step.untilMs === null ? { ...step, untilMs: Math.max(step.atMs, atMs) } : step,
  );
}

/** Whether a step is of something on the mirror. */
export function isWornStep(step: PathStep): step is WornStep {
  return step.kind === 'tried' || step.kind === 'came-back';
}

/** How long a thing was on until now, and whether that is lingering. */
export function lingered(step: WornStep, nowMs: number): boolean {
  return (step.untilMs ?? nowMs) - step.atMs >= lingerMs;
}

/** How long a thing was on along this path, in milliseconds; what is on still is counted when it is taken off. */
export function timeOn(path: readonly PathStep[], { pieceId, variantId }: Choice): number {
  return path
    .filter(isWornStep)
    .filter((step) => step.pieceId === pieceId && step.variantId === variantId)
    .reduce((sum, { atMs, untilMs }) => sum + ((untilMs ?? atMs) - atMs), 0);
}
