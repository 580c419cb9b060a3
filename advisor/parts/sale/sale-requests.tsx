import { Button } from 'react-aria-components';
import { pieceInFinish } from '../../../sdk/session/piece-in-finish.ts';
import { timeWithDay } from '../../../sdk/session/spoken-time.ts';
import { useTablet } from '../../app/tablet.ts';
import { refusalWords } from '../../language/refusal-words.ts';

/** Between clients: pieces that colleagues wait for, and those that wait for their clients here. */
export function SaleRequests() {
  const { sales, sale, collection, line, live, voice } = useTablet();
  const { say, locale, nowMs } = voice;
  const { board } = sale;
  if (!board || (board.runs.length === 0 && board.collections.length === 0)) return null;
  const nameOf = (sku: string) => pieceInFinish(collection.catalogue, sku, locale) ?? sku;
  const disabled = !live || sale.busy;
  return (
    <section className="sale-requests" aria-labelledby="requests-title">
      <h2 id="requests-title">{say('sale.requests')}</h2>
      <ul className="sale-lines" aria-live="polite">
        {board.runs.map((run) => {
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
        {board.collections.map((one) => (
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
        {sale.refused && <p className="notice">{refusalWords('sale', sale.refused, voice)}</p>}
      </div>
    </section>
  );
}
