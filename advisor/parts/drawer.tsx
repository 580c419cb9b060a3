import type { Sku } from '../../protocol/ids.ts';
import { stockLine } from '../../sdk/session/stock-line.ts';
import { stockViewOf } from '../../sdk/sync/stock-view.ts';
import { useTablet } from '../app/tablet.ts';
import { drawerWords } from '../language/stock-words.ts';

/** What is in the drawer here, and what lies nearby, each number with its age. */
export function Drawer({ sku, deviceNowMs }: { readonly sku: Sku; readonly deviceNowMs: number }) {
  const { line, voice } = useTablet();
  const view = stockViewOf(line, deviceNowMs);
  if (!view) return null;
  const words = drawerWords(stockLine(view, sku), voice);
  return (
    <section className="drawer" data-stale={words.stale || undefined}>
      <h2 className="label">{voice.say('stock.title')}</h2>
      <p className="drawer-here">{words.here}</p>
      {words.asOf && <p className="drawer-age">{words.asOf}</p>}
      {words.nearby.length > 0 && (
        <dl className="drawer-nearby" aria-label={voice.say('stock.nearby')}>
          {words.nearby.map((place) => (
            <div key={place.name} data-some={place.some || undefined}>
              <dt>{place.name}</dt>
              <dd>
                <span className="drawer-count">{place.count}</span>
                {place.asOf && <span className="drawer-age">{place.asOf}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
