import { useEffect, useState } from 'react';
import { Button, Label, Radio, RadioGroup } from 'react-aria-components';
import { pieceInFinish } from '../../../sdk/session/piece-in-finish.ts';
import type { SessionState } from '../../../protocol/session.ts';
import { priceWords } from '../../../sdk/session/price-words.ts';
import { stockLine } from '../../../sdk/session/stock-line.ts';
import { stockViewOf } from '../../../sdk/sync/stock-view.ts';
import { useTablet } from '../../app/tablet.ts';
import { drawerWords } from '../../language/stock-words.ts';
import { SlotChoice } from './slot-choice.tsx';
import { StepSheet } from './step-sheet.tsx';

/** What the sheet is about. */
export type SaleStep = 'elsewhere' | 'appointment' | 'order';

/** One step towards the sale, on a sheet of its own. */
export function SaleSheet({
  step,
  sku,
  session,
  onClose,
}: {
  readonly step: SaleStep;
  readonly sku: string | null;
  readonly session: SessionState;
  readonly onClose: () => void;
}) {
  const { sales, voice } = useTablet();
  const { advisor, kept } = session;
  return (
    <StepSheet title={voice.say(`sale.${step}.title`)} isWide={step === 'elsewhere'} onClose={onClose}>
      {step === 'elsewhere' && sku && <Elsewhere sku={sku} onDone={onClose} />}
      {step === 'appointment' && (
        <SlotChoice
          advisor={advisor}
          words={voice.say('sale.appointment.with', { name: advisor.name })}
          onChoose={(atMs) =>
            void sales.book(advisor.id, atMs, [...kept]).then((ok) => {
              if (ok) onClose();
              return ok;
            })
          }
        />
      )}
      {step === 'order' && <Order session={session} onDone={onClose} />}
    </StepSheet>
  );
}

function Elsewhere({ sku, onDone }: { readonly sku: string; readonly onDone: () => void }) {
  const { sales, sale, collection, line, live, voice } = useTablet();
  const { say, locale } = voice;
  useEffect(() => void sales.findPlaces(sku), [sales, sku]);
  const here = line.identity?.store;
  const view = stockViewOf(line, voice.nowMs - line.clockOffsetMs);
  const name = pieceInFinish(collection.catalogue, sku, locale);
  const places = sale.places?.sku === sku ? sale.places.found : null;
  const closeIf = (done: Promise<boolean>) =>
    void done.then((ok) => {
      if (ok) onDone();
      return ok;
    });
  const disabled = !live || sale.busy;
  return (
    <>
      {name && <p>{name}</p>}
      <ul className="sale-places">
        {here && (
          <li>
            <span>
              {here.name}, {here.city}
              {view && <span className="help">{drawerWords(stockLine(view, sku), voice).here}</span>}
            </span>
            <Button
              className="secondary small"
              isDisabled={disabled}
              aria-label={say('sale.collect.at', { place: here.name })}
              onPress={() => closeIf(sales.reserve(here.id, sku))}
            >
              {say('sale.collect')}
            </Button>
          </li>
        )}
        {places?.map((place) => (
          <li key={place.storeId}>
            <span>
              {place.storeName}, {place.city}
              <span className="help">
                {say('sale.place.count', { count: place.available })}
                {place.transferMs !== null &&
                  place.available > 0 &&
                  `, ${say('sale.transfer.days', { days: Math.max(1, Math.ceil(place.transferMs / 86_400_000)) })}`}
              </span>
            </span>
            <span className="sale-ways">
              {sale.reading?.offered.transfers && (
                <Button
                  className="secondary small"
                  isDisabled={disabled || place.available === 0}
                  aria-label={say('sale.transfer.from', { place: place.storeName })}
                  onPress={() => closeIf(sales.transfer(place.storeId, sku))}
                >
                  {say('sale.transfer')}
                </Button>
              )}
              <Button
                className="secondary small"
                isDisabled={disabled || place.available === 0}
                aria-label={say('sale.collect.at', { place: place.storeName })}
                onPress={() => closeIf(sales.reserve(place.storeId, sku))}
              >
                {say('sale.collect')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What was kept becomes the order; who closes is asked before it is placed. */
function Order({ session, onDone }: { readonly session: SessionState; readonly onDone: () => void }) {
  const { sales, sale, collection, known, live, rehearses, voice } = useTablet();
  const { say, locale } = voice;
  const order = sale.reading?.order;
  const [closer, setCloser] = useState(session.advisor.id);
  const [split, setSplit] = useState<'rule' | 'half'>('rule');
  const { kept } = session;
  useEffect(() => {
    if (kept.length > 0) void sales.prepare(kept);
    // The draft is made of what is kept when the sheet opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [sales]);
  if (kept.length === 0) return <p>{say('sale.order.nothing')}</p>;
  if (!order) return sale.refused ? null : <p>{say('sale.order.preparing')}</p>;
  const currency = order.lines[0]?.currency ?? 'EUR';
  const nameOf = (sku: string) => pieceInFinish(collection.catalogue, sku, locale) ?? sku;
  const colleagues = typeof known.advisors === 'string' ? [] : known.advisors;
  const closers = [session.advisor, ...colleagues.filter(({ id }) => id !== session.advisor.id)];
  const byColleague = closer !== session.advisor.id;
  const total = order.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return (
    <>
      <ul className="sale-order">
        {order.lines.map((line) => (
          <li key={line.sku}>
            <span>{nameOf(line.sku)}</span>
            <span>{priceWords(line, locale)}</span>
          </li>
        ))}
        <li className="sale-total">
          <span>{say('sale.order.total')}</span>
          <span>{priceWords({ amountMinor: total, currency }, locale)}</span>
        </li>
      </ul>
      <RadioGroup className="sale-choice" value={closer} onChange={setCloser}>
        <Label className="label">{say('sale.order.closer')}</Label>
        {closers.map(({ id, name }) => (
          <Radio key={id} value={id} className="chip">
            {name}
          </Radio>
        ))}
      </RadioGroup>
      {byColleague && sale.reading?.agreement && (
        <RadioGroup
          className="sale-choice"
          value={split}
          onChange={(value) => setSplit(value === 'half' ? 'half' : 'rule')}
        >
          <Label className="label">{say('sale.order.split')}</Label>
          <Radio value="rule" className="chip">
            {say('sale.order.split.rule')}
          </Radio>
          <Radio value="half" className="chip">
            {say('sale.order.split.half')}
          </Radio>
        </RadioGroup>
      )}
      <p className="help">{say(rehearses ? 'practice.order.words' : 'sale.order.words')}</p>
      <Button
        className="primary"
        isDisabled={!live || sale.busy}
        onPress={() =>
          void sales
            .place(byColleague ? closer : null, byColleague && split === 'half' ? 50 : null)
            .then((ok) => {
              if (ok) onDone();
              return ok;
            })
        }
      >
        {say('sale.order.place')}
      </Button>
    </>
  );
}
