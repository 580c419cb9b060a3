import type { DeskState } from './calibrate-desk.ts';
import { pathOf } from './camera-picture.tsx';
import { figureOf, type Voice } from './figures.ts';

/** Every view that was taken: where the card was, and how far it is from what the whole says. */
export function TakenViews({
  state,
  voice: { say, locale },
}: {
  readonly state: Extract<DeskState, { kind: 'looking' | 'done' }>;
  readonly voice: Voice;
}) {
  const { taken, camera } = state;
  const outcome = state.kind === 'done' ? state.outcome : state.soFar;
  if (taken.length === 0) return null;
  return (
    <section className="taken" aria-label={say('taken')}>
      <h2>{say('taken')}</h2>
      <ol>
        {taken.map(({ view, corners }, index) => {
          const rmsPx = outcome?.ok ? (outcome.value.viewRmsPx[index] ?? null) : undefined;
          return (
            <li key={view} data-out={rmsPx === null || undefined}>
              <svg viewBox={`0 0 ${camera.widthPx} ${camera.heightPx}`} aria-hidden="true">
                <path d={pathOf(corners)} />
              </svg>
              <span>{say(`view.${view}`)}</span>
              <span className="rms">
                {rmsPx === undefined
                  ? ''
                  : rmsPx === null
                    ? say('taken.out')
                    : say('taken.rms', { rms: figureOf(rmsPx, 2, locale) })}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
