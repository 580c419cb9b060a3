import type { ReactNode } from 'react';
import { measureName } from '../../protocol/measure.ts';
import type { Category } from '../../protocol/product.ts';
import type { CardPlace } from '../../sdk/tracking/tracker.ts';
import { Button } from 'react-aria-components/Button';
import { ringSizeWords } from '../../sdk/fit/fit-words.ts';
import { fingerWords } from '../../sdk/fit/piece-words.ts';
import { ringSizeOf } from '../../sdk/geometry/ring-size.ts';
import { shownMeasure } from '../../sdk/session/shown-measure.ts';
import { useKiosk, useLocale, useMeasures, useSay, useSend, useVisit } from '../app/kiosk-context.tsx';
import type { MirrorMeasure } from '../wiring/measure-board.ts';
import { Icon } from './icon.tsx';

/** What a piece of a kind is fitted by, and where a card tells it. */
const fittedBy: Partial<Record<Category, CardPlace>> = { eyewear: 'forehead', ring: 'palm' };

/**
 * What the mirror measured on the client that matters for a piece of this kind, each number with its uncertainty and a way to hand it to
 * the advisor who is there. Where nothing is known yet, the way to know it; without a camera, nothing.
 */
export function YourMeasures({ category }: { readonly category: Category }): ReactNode {
  const place = fittedBy[category];
  const all = useMeasures();
  const measures = all.filter(({ kind }) => (kind === 'ring-circumference') === (place === 'palm'));
  const { session } = useVisit();
  const say = useSay();
  const { measures: board, mirror } = useKiosk();
  const canMeasure = board.canMeasureByCard && mirror.open;
  const first = measures[0];
  if (place === undefined || (!first && !canMeasure)) return null;
  return (
    <section className="your-measures" aria-labelledby="your-measures">
      <h2 id="your-measures">{say('measures.title')}</h2>
      {first && (
        <>
          <ul>
            {measures.map((measure) => (
              <Measure key={measureName(measure)} measure={measure} />
            ))}
          </ul>
          <p className="measures-words">
            {place === 'palm' && `${say('measures.ring.words')} `}
            {say(`measures.source.${first.source}`)}{' '}
            {session ? say('measures.with', { name: session.advisor.name }) : say('measures.alone')}
          </p>
        </>
      )}
      {canMeasure && <MeasureByCard place={place} isExact={first?.source === 'card'} />}
    </section>
  );
}

/** The way to the exact measurement, which happens at the mirror. */
function MeasureByCard(given: { readonly place: CardPlace; readonly isExact: boolean }): ReactNode {
  const { place, isExact } = given;
  const { measures } = useKiosk();
  const say = useSay();
  const send = useSend();
  return (
    <Button
      className="secondary"
      onPress={() => {
        send({ type: 'back' });
        measures.beginCard(place);
      }}
    >
      <Icon name="card" />
      {say(isExact ? 'card.again' : `card.${place}.begin`)}
    </Button>
  );
}

/** A number that was handed over stands for what is measured now as long as it is no farther off. */
const noticeableMm = 0.5;

function Measure({ measure }: { readonly measure: MirrorMeasure }): ReactNode {
  const { session } = useVisit();
  const say = useSay();
  const send = useSend();
  const locale = useLocale();
  const { source: _, ...shared } = measure;
  const given = session?.measures.find((known) => measureName(known) === measureName(measure));
  // The same number known better is worth handing over again.
  const isGiven =
    given !== undefined &&
    Math.abs(given.valueMm - measure.valueMm) < noticeableMm &&
    Math.abs(given.plusMinusMm - measure.plusMinusMm) < noticeableMm;
  const name = measure.finger ? fingerWords(measure.finger, locale) : say(`measures.${measure.kind}`);
  const size = measure.kind === 'ring-circumference' ? ringSizeOf('EU', measure) : null;
  const words = size
    ? ringSizeWords(size, locale)
    : say('measures.value', { ...shownMeasure(measure, locale) });
  return (
    <li>
      <span className="measure-name">{name}</span>
      <span className="measure-value">{words}</span>
      {session && (
        <Button
          className="tool"
          isDisabled={isGiven}
          aria-label={say(isGiven ? 'measures.given.label' : 'measures.give.label', {
            measure: name,
            name: session.advisor.name,
          })}
          onPress={() => send({ type: 'share-measure', measure: shared })}
        >
          <Icon name={isGiven ? 'check' : 'give'} />
          {say(isGiven ? 'measures.given' : 'measures.give')}
        </Button>
      )}
    </li>
  );
}
