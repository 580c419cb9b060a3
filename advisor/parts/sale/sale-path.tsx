import { useState } from 'react';
import { Button } from 'react-aria-components';
import { openRuns, type Run } from '../../../protocol/sale.ts';
import type { SessionState } from '../../../protocol/session.ts';
import { pieceInFinish } from '../../../sdk/session/piece-in-finish.ts';
import { dayExpected, timeOfDay, timeWithDay } from '../../../sdk/session/spoken-time.ts';
import { useTablet } from '../../app/tablet.ts';
import { refusalWords } from '../../language/refusal-words.ts';
import { AppointmentLines } from './appointment-lines.tsx';
import { SaleSheet, type SaleStep } from './sale-sheet.tsx';

/** From the shortlist to the till: bring it, have it sent, keep it to be collected, meet again, prepare the order. */
export function SalePath({ session }: { readonly session: SessionState }) {
  const { sales, sale, collection, live, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const [step, setStep] = useState<SaleStep | null>(null);
  const { reading } = sale;
  const worn = collection.catalogue.pieces
    .find(({ id }) => id === session.worn?.pieceId)
    ?.variants.find(({ id }) => id === session.worn?.variantId)?.sku;
  if (!reading) return null;
  const nameOf = (sku: string) => pieceInFinish(collection.catalogue, sku, locale) ?? sku;
  const disabled = !live || sale.busy;
  const { offered, order } = reading;
  const isAskedFor = reading.runs.some((run) => run.sku === worn && openRuns.includes(run.state));
  return (
    <section className="list sale-path" aria-labelledby="sale-title">
      <h2 id="sale-title" className="label">
        {say('sale.title')}
      </h2>
      <ul className="sale-lines" aria-live="polite">
        {reading.runs
          .filter(({ state }) => state !== 'cancelled')
          .map((run) => (
            <li key={run.id}>
              <span>{runWords(run, nameOf(run.sku), say)}</span>
              {openRuns.includes(run.state) && (
                <Button
                  className="quiet"
                  isDisabled={disabled}
                  aria-label={say('sale.run.cancel.label', { piece: nameOf(run.sku) })}
                  onPress={() => void sales.moveRun(run.id, 'cancelled')}
                >
                  {say('sale.run.cancel')}
                </Button>
              )}
            </li>
          ))}
        {reading.transfers.map((transfer) => (
          <li key={transfer.id}>
            {transfer.expectedAtMs === null
              ? say('sale.transfer.line', { piece: nameOf(transfer.sku), place: transfer.from.name })
              : say('sale.transfer.line.until', {
                  piece: nameOf(transfer.sku),
                  place: transfer.from.name,
                  day: dayExpected(transfer.expectedAtMs, nowMs, locale, timeZone),
                })}
          </li>
        ))}
        {reading.collections
          .filter(({ state }) => state === 'waiting')
          .map((one) => (
            <li key={one.id}>
              <span>
                {say('sale.collection.line', {
                  piece: nameOf(one.sku),
                  place: one.at.name,
                  time: timeWithDay(one.untilMs, nowMs, locale, one.at.timeZone),
                  code: one.code,
                })}
              </span>
              <Button
                className="quiet"
                isDisabled={disabled}
                aria-label={say('sale.collection.release.label', { piece: nameOf(one.sku) })}
                onPress={() => void sales.endCollection(one.id, 'released')}
              >
                {say('sale.collection.release')}
              </Button>
            </li>
          ))}
        <AppointmentLines appointments={reading.appointments} />
        {order && (
          <li>
            {say(order.state === 'placed' ? 'sale.order.placed' : 'sale.order.draft', {
              order: order.orderId,
              time: timeOfDay(order.changedAtMs, locale, timeZone),
            })}
          </li>
        )}
      </ul>
      <div className="sale-ways">
        {worn && (
          <Button
            className="secondary small"
            isDisabled={disabled || isAskedFor}
            onPress={() => void sales.bring(worn)}
          >
            {say(isAskedFor ? 'sale.bring.asked' : 'sale.bring')}
          </Button>
        )}
        {worn && (
          <Button className="secondary small" isDisabled={disabled} onPress={() => setStep('elsewhere')}>
            {say(offered.transfers ? 'sale.elsewhere' : 'sale.collect')}
          </Button>
        )}
        {offered.appointments && (
          <Button className="secondary small" isDisabled={disabled} onPress={() => setStep('appointment')}>
            {say('sale.appointment')}
          </Button>
        )}
        {offered.orders && order?.state !== 'placed' && (
          <Button className="secondary small" isDisabled={disabled} onPress={() => setStep('order')}>
            {say('sale.order')}
          </Button>
        )}
      </div>
      <div role="alert" className="notice-place">
        {sale.refused && <p className="notice">{refusalWords('sale', sale.refused, voice)}</p>}
      </div>
      {step && <SaleSheet step={step} sku={worn ?? null} session={session} onClose={() => setStep(null)} />}
    </section>
  );
}

/** How a piece that was asked for stands. */
export function runWords(run: Run, piece: string, say: ReturnType<typeof useTablet>['voice']['say']): string {
  const name = run.runner?.name ?? '';
  switch (run.state) {
    case 'asked':
      return say('sale.run.asked', { piece });
    case 'on-its-way':
      return say('sale.run.on-its-way', { piece, name });
    case 'here':
      return say('sale.run.here', { piece });
    case 'not-found':
      return say('sale.run.not-found', { piece, name });
    case 'cancelled':
      return say('sale.run.cancelled', { piece });
  }
}
