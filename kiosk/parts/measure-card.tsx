import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { cardCornerRadiusMm, cardHeightMm, cardWidthMm } from '../../sdk/geometry/card.ts';
import { ringSizeWords } from '../../sdk/fit/fit-words.ts';
import { ringSizeOf } from '../../sdk/geometry/ring-size.ts';
import { shownMeasure } from '../../sdk/session/shown-measure.ts';
import type { Locale } from '../../protocol/ids.ts';
import { useKiosk, useLocale, useMeasures, useSay, useSend } from '../app/kiosk-context.tsx';
import type { Say } from '../language/words.ts';
import type { CardStep, MirrorMeasure } from '../wiring/measure-board.ts';

/**
 * At the mirror's foot while the client is measured by a card: shows how it is held, says what is amiss, and how far it has
 * come. Ends with the number.
 */
export function MeasureCard({ step: { place, sight, progress } }: { readonly step: CardStep }): ReactNode {
  const { measures: board } = useKiosk();
  const measures = useMeasures();
  const locale = useLocale();
  const say = useSay();
  const send = useSend();
  const isDone = sight === 'measured';
  return (
    <section className="measure-card" aria-labelledby="measure-card">
      {place === 'palm' ? <AcrossThePalm progress={progress} /> : <OnTheForehead progress={progress} />}
      <div className="measure-card-words">
        <h1 id="measure-card">{say(isDone ? 'card.done' : `card.${place}.title`)}</h1>
        <p className="measure-card-sight" role="status">
          {isDone
            ? measuredWords[place](say, locale, measures)
            : say(sight === 'away' ? `card.${place}.away` : `card.${sight}`)}
        </p>
        {!isDone && <p className="measures-words">{say(`card.${place}.words`)}</p>}
      </div>
      <div className="actions">
        <Button
          className={isDone ? 'primary' : 'secondary'}
          onPress={() => {
            board.endCard();
            if (isDone) send({ type: 'look-closer' });
          }}
        >
          {say(isDone ? 'card.see' : 'card.stop')}
        </Button>
      </div>
    </section>
  );
}

type Words = (say: Say, locale: Locale, measures: readonly MirrorMeasure[]) => string;

const measuredWords: Readonly<Record<CardStep['place'], Words>> = { forehead: pupilWords, palm: ringWords };

function ringWords(say: Say, locale: Locale, measures: readonly MirrorMeasure[]): string {
  const ring = measures.find(({ finger }) => finger === 'ring');
  const size = ring && ringSizeOf('EU', ring);
  return size ? say('card.palm.measured', { size: ringSizeWords(size, locale) }) : say('card.measured.only');
}

function pupilWords(say: Say, locale: Locale, measures: readonly MirrorMeasure[]): string {
  const pupils = measures.find(({ kind, source }) => kind === 'pupillary-distance-far' && source === 'card');
  if (pupils === undefined) return say('card.measured.only');
  return say('card.measured', { ...shownMeasure(pupils, locale) });
}

/** A head in outline with a card over its brows. */
function OnTheForehead({ progress }: { readonly progress: number }): ReactNode {
  return (
    <svg className="measure-card-figure" viewBox="0 0 64 72" aria-hidden="true" focusable="false" fill="none">
      <g stroke="currentColor" strokeWidth="0.8" strokeLinecap="round" strokeLinejoin="round">
        <path d="M14 30c0-15 8-24 18-24s18 9 18 24c0 16-9 33-18 33S14 46 14 30Z" />
        <path d="M20 35c2.4-1.8 5.6-1.8 8 0M36 35c2.4-1.8 5.6-1.8 8 0M32 36v9l-2.4 2M27.5 54c3 1.6 6 1.6 9 0" />
        <path d="M14 33c-3-1-4.4 2-3.4 6 .8 3.2 2.6 4.6 4.4 4M50 33c3-1 4.4 2 3.4 6-.8 3.2-2.6 4.6-4.4 4" />
      </g>
      <CardFilling x={17} y={12} width={30} progress={progress} />
    </svg>
  );
}

/** A palm in outline with a card across it under the fingers. */
function AcrossThePalm({ progress }: { readonly progress: number }): ReactNode {
  return (
    <svg className="measure-card-figure" viewBox="0 0 64 72" aria-hidden="true" focusable="false" fill="none">
      <g stroke="currentColor" strokeWidth="0.8" strokeLinecap="round" strokeLinejoin="round">
        <path d="M20.5 71c.4-5-.6-8-2.6-12C15 53 8.6 45 6.6 41.6c-1.6-3 1.8-5.2 4.4-2.8l6.6 6.6-1-24.6c-.2-4 5-4.4 5.6-.6l2.2 15.4L25 9.6c.2-4 5.6-4 5.8 0l.8 25.4 3-23.6c.6-3.8 5.8-3.4 5.6.6L38.8 36l5-17.4c1.2-3.6 6-2.4 5.2 1.4C47 30 47.4 44 46 53.6c-.8 6-3.6 10-3.6 17.4" />
      </g>
      <CardFilling x={16} y={40} width={32} progress={progress} />
    </svg>
  );
}

/** The card in a figure, in its true proportions; its edge fills as the measurement goes on. */
function CardFilling(props: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly progress: number;
}): ReactNode {
  const { x, y, width, progress } = props;
  const outline = {
    x,
    y,
    width,
    height: (width * cardHeightMm) / cardWidthMm,
    rx: (width * cardCornerRadiusMm) / cardWidthMm,
  };
  return (
    <>
      <rect className="measure-card-card" {...outline} />
      <rect
        className="measure-card-progress"
        {...outline}
        pathLength="1"
        strokeDasharray={`${progress} 1`}
        data-empty={progress === 0}
      />
    </>
  );
}
