import { Button } from 'react-aria-components';
import type { SaleBoard } from '../../../protocol/sale.ts';
import { pieceInFinish } from '../../../sdk/session/piece-in-finish.ts';
import { timeWithDay } from '../../../sdk/session/spoken-time.ts';
import { useTablet } from '../../app/tablet.ts';
import { refusalWords } from '../../language/refusal-words.ts';

/**
 * Between clients: pieces that colleagues wait for, or those that wait for their clients here. A client stands at a mirror for the first:
 * they are read before anything is scrolled.
 */
export function SaleRequests({ of }: { readonly of: keyof SaleBoard }) {
  const { sales, sale, collection, line, live, voice } = useTablet();
  const { say, locale, nowMs } = voice;
  const { board } = sale;
  if (!board || board[of].length === 0) return null;
  const runs = of === 'runs' ? board.runs : [];
  const collections = of === 'collections' ? board.collections : [];
  // Where it was touched, as long as anything is left there.
  const { refusedOn } = sale;
  const isHere = refusedOn === of || (refusedOn !== null && board[refusedOn].length === 0);
  const refused = isHere ? sale.refused : null;
  const titleId = `${of}-title`;
  const nameOf = (sku: string) => pieceInFinish(collection.catalogue, sku, locale) ?? sku;
  const disabled = !live || sale.busy;
  return (
    <section className="sale-requests" aria-labelledby={titleId}>
      <h2 id={titleId}>{say(`sale.requests.${of}`)}</h2>
      <ul className="sale-lines" aria-live="polite">
        {runs.map((run) => {
          const mine = run.runner?.id === line.advisor?.id;
          const open = run.state === 'asked' || (run.state === 'on-its-way' && mine);
          return (
            <li key={run.id}>
              <span>
                {nameOf(run.sku)}
                <span className="help">
                  {say(`sale.requests.${run.state}`, {
                    kiosk: run.kioskName,
                    name: run.state === 'asked' ? run.askedBy.name : (run.runner?.name ?? ''),
                  })}
                </span>
              </span>
              {open && (
                <span className="sale-ways">
                  <Button
                    className="primary small"
                    isDisabled={disabled}
                    aria-label={`${say(run.state === 'asked' ? 'sale.requests.take' : 'sale.requests.arrive')}: ${nameOf(run.sku)}`}
                    onPress={() => void sales.moveRun(run.id, run.state === 'asked' ? 'on-its-way' : 'here')}
                  >
                    {say(run.state === 'asked' ? 'sale.requests.take' : 'sale.requests.arrive')}
                  </Button>
                  <Button
                    className="secondary small"
                    isDisabled={disabled}
                    aria-label={`${say('sale.requests.miss')}: ${nameOf(run.sku)}`}
                    onPress={() => void sales.moveRun(run.id, 'not-found')}
                  >
                    {say('sale.requests.miss')}
                  </Button>
                </span>
              )}
            </li>
          );
        })}
        {collections.map((one) => (
          <li key={one.id}>
            <span>
              {nameOf(one.sku)}
              <span className="help">
                {say('sale.requests.waits', {
                  code: one.code,
                  time: timeWithDay(one.untilMs, nowMs, locale, one.at.timeZone),
                })}
              </span>
            </span>
            <span className="sale-ways">
              <Button
                className="secondary small"
                isDisabled={disabled}
                aria-label={`${say('sale.requests.collected')}: ${nameOf(one.sku)}, ${one.code}`}
                onPress={() => void sales.endCollection(one.id, 'collected')}
              >
                {say('sale.requests.collected')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <div role="alert" className="notice-place">
        {refused && <p className="notice">{refusalWords('sale', refused, voice)}</p>}
      </div>
    </section>
  );
}
