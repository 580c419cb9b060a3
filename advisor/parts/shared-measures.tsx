import type { SessionState } from '../../protocol/session.ts';
import { useTablet } from '../app/tablet.ts';

/** The numbers that the client handed over, each with its uncertainty; nothing where they handed over none. */
export function SharedMeasures({ session }: { readonly session: SessionState }) {
  const { say, locale } = useTablet().voice;
  if (session.measures.length === 0) return null;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <section aria-labelledby="measures-title" className="list">
      <h2 id="measures-title" className="label">
        {say('together.measures')}
      </h2>
      <dl className="measures">
        {session.measures.map(({ kind, valueMm, plusMinusMm }) => (
          <div key={kind}>
            <dt>{say(`measure.${kind}`)}</dt>
            <dd>
              {say('measure.value', {
                value: number.format(valueMm),
                plusMinus: number.format(plusMinusMm),
              })}
            </dd>
          </div>
        ))}
      </dl>
      <p className="help">{say('together.measures.help')}</p>
    </section>
  );
}
