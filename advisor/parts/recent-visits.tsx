import { Button } from 'react-aria-components';
import type { KeptVisit } from '../../protocol/handoff.ts';
import { findBySku } from '../../protocol/product.ts';
import { isHeld } from '../../sdk/session/hold-state.ts';
import { timeWithDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';
import { HoldCountdown } from './hold-countdown.tsx';
import { PieceRow } from './piece-row.tsx';
import { RefusalNotice } from './notice.tsx';

/** What stays with the advisor of their closed visits: what was kept, and what is still held. */
export function RecentVisits() {
  const { known, voice } = useTablet();
  const { say } = voice;
  const { visits, action } = known;
  return (
    <section className="visits" aria-labelledby="visits-title">
      <h2 id="visits-title">{say('board.visits')}</h2>
      <RefusalNotice attempt="action" refusal={action.name === 'release' ? action.refusal : null} />
      {visits === 'failed' && <p className="notice">{say('board.visits.failed')}</p>}
      {Array.isArray(visits) && visits.length === 0 && <p className="help">{say('board.visits.none')}</p>}
      {Array.isArray(visits) &&
        visits.map((visit: KeptVisit) => <Visit key={visit.sessionId} visit={visit} />)}
    </section>
  );
}

function Visit({ visit }: { readonly visit: KeptVisit }) {
  const { desk, voice, live, collection, known } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const time = timeWithDay(visit.closedAtMs, nowMs, locale, timeZone);
  const heldOnly = visit.holds.filter((hold) => isHeld(hold, nowMs) && !visit.kept.includes(hold.sku));
  const skus = [...visit.kept, ...heldOnly.map((hold) => hold.sku)];
  return (
    <article className="visit">
      <h3 className="visit-head">
        <span>{say('board.visit', { kiosk: visit.kioskName, time })}</span>
        <span className="visit-count">{say('board.visit.kept', { count: visit.kept.length })}</span>
      </h3>
      {skus.length > 0 && (
        <ul className="pieces">
          {skus.map((sku) => {
            const hold = visit.holds.find((one) => one.sku === sku && isHeld(one, nowMs));
            const found = findBySku(collection.catalogue, sku);
            return (
              <PieceRow
                key={sku}
                sku={sku}
                note={hold && <HoldCountdown hold={hold} />}
                end={
                  hold &&
                  found && (
                    <Button
                      className="secondary small"
                      isDisabled={!live || known.action.busy}
                      aria-label={say('hold.release.label', {
                        piece: found.piece.name,
                        variant: found.variant.name[locale],
                      })}
                      onPress={() => void desk.release(hold.id)}
                    >
                      {say('hold.release')}
                    </Button>
                  )
                }
              />
            );
          })}
        </ul>
      )}
    </article>
  );
}
