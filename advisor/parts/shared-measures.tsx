import { measureName } from '../../protocol/measure.ts';
import type { SessionState } from '../../protocol/session.ts';
import { fingerWords } from '../../sdk/fit/piece-words.ts';
import { shownMeasure } from '../../sdk/session/shown-measure.ts';
import { useTablet } from '../app/tablet.ts';

/** The numbers that the client handed over, each with its uncertainty; nothing where they handed over none. */
export function SharedMeasures({ session }: { readonly session: SessionState }) {
  const { say, locale } = useTablet().voice;
  if (session.measures.length === 0) return null;
  return (
    <section aria-labelledby="measures-title" className="list">
      <h2 id="measures-title" className="label">
        {say('together.measures')}
      </h2>
      <dl className="measures">
        {session.measures.map((measure) => (
          <div key={measureName(measure)}>
            <dt>
              {measure.finger
                ? say('measure.ring-circumference.of', { finger: fingerWords(measure.finger, locale) })
                : say(`measure.${measure.kind}`)}
            </dt>
            <dd>{say('measure.value', { ...shownMeasure(measure, locale) })}</dd>
          </div>
        ))}
      </dl>
      <p className="help">{say('together.measures.help')}</p>
    </section>
  );
}
