import { Button } from 'react-aria-components';
import type { FoundVariant } from '../../protocol/product.ts';
import { findBySku } from '../../protocol/product.ts';
import type { SessionState, Tried } from '../../protocol/session.ts';
import { timeOn } from '../../protocol/visit-path.ts';
import { isHeld } from '../../sdk/session/hold-state.ts';
import { useTablet } from '../app/tablet.ts';
import type { Say } from '../language/words.ts';
import { HoldCountdown } from './hold-countdown.tsx';
import { PieceRow } from './piece-row.tsx';

/** What was kept, and what was tried for how long; each row shows its piece in the mirror again. */
export function Shortlist({ session }: { readonly session: SessionState }) {
  const { desk, collection, voice } = useTablet();
  const { say } = voice;
  const wear = ({ piece, variant }: FoundVariant) =>
    void desk.wear({ pieceId: piece.id, variantId: variant.id });
  const tried = session.tried
    .map((one) => ({ ...one, seconds: one.seconds + Math.floor(timeOn(session.path, one) / 1000) }))
    .toSorted((one, other) => other.seconds - one.seconds);
  return (
    <>
      <section aria-labelledby="kept-title" className="list">
        <h2 id="kept-title" className="label">
          {say('together.kept')}
        </h2>
        {session.kept.length === 0 ? (
          <p className="help">{say('together.kept.none')}</p>
        ) : (
          <ul className="pieces">
            {session.kept.map((sku) => (
              <KeptRow key={sku} sku={sku} session={session} onWear={wear} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="tried-title" className="list">
        <h2 id="tried-title" className="label">
          {say('together.tried')}
        </h2>
        {tried.length === 0 ? (
          <p className="help">{say('together.tried.none')}</p>
        ) : (
          <ul className="pieces">
            {tried.map((one) => {
              const piece = collection.catalogue.pieces.find((candidate) => candidate.id === one.pieceId);
              const sku = piece?.variants.find((candidate) => candidate.id === one.variantId)?.sku;
              const key = `${one.pieceId}.${one.variantId}`;
              return (
                <PieceRow key={key} sku={sku ?? key} note={triedWords(one, session, say)} onWear={wear} />
              );
            })}
          </ul>
        )}
      </section>
    </>
  );
}

function KeptRow({
  sku,
  session,
  onWear,
}: {
  readonly sku: string;
  readonly session: SessionState;
  readonly onWear: (found: FoundVariant) => void;
}) {
  const { desk, collection, known, live, voice } = useTablet();
  const { say, locale, nowMs } = voice;
  const found = findBySku(collection.catalogue, sku);
  const hold = session.holds.find((one) => one.sku === sku && isHeld(one, nowMs));
  return (
    <PieceRow
      sku={sku}
      onWear={onWear}
      note={hold && <HoldCountdown hold={hold} />}
      end={
        found && (
          <Button
            className="quiet"
            isDisabled={!live || known.action.busy}
            aria-label={say('together.set-aside.label', {
              piece: found.piece.name,
              variant: found.variant.name[locale],
            })}
            onPress={() => void desk.keep(sku, false)}
          >
            {say('together.set-aside')}
          </Button>
        )
      }
    />
  );
}

function triedWords(tried: Tried, session: SessionState, say: Say): string {
  const { worn } = session;
  if (worn?.pieceId === tried.pieceId && worn.variantId === tried.variantId) return say('together.tried.now');
  if (tried.seconds < 10) return say('together.tried.brief');
  if (tried.seconds < 60) return say('together.tried.seconds', { seconds: tried.seconds });
  return say('together.tried.minutes', { minutes: Math.round(tried.seconds / 60) });
}
