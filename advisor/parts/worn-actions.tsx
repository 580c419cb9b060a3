import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Piece, Variant } from '../../protocol/product.ts';
import type { SessionState } from '../../protocol/session.ts';
import { hasJustRunOut, isHeld } from '../../sdk/session/hold-state.ts';
import { useTablet } from '../app/tablet.ts';
import { HoldCountdown } from './hold-countdown.tsx';

/** What the thumb does for the piece that is worn: keep it, hold it, let it go. */
export function WornActions({
  session,
  piece,
  variant,
}: {
  readonly session: SessionState;
  readonly piece: Piece;
  readonly variant: Variant;
}) {
  const { desk, known, line, live, voice } = useTablet();
  const { say, locale, nowMs } = voice;
  const { sku } = variant;
  const names = { piece: piece.name, variant: variant.name[locale] };
  const kept = session.kept.includes(sku);
  const hold = session.holds.find((one) => one.sku === sku && isHeld(one, nowMs));
  const ranOut = !hold && session.holds.some((one) => one.sku === sku && hasJustRunOut(one, nowMs));
  const free = line.identity && line.stock.get(line.identity.store.id)?.levels.get(sku)?.available;
  const disabled = !live || known.action.busy;
  const holding = known.action.busy && known.action.name === 'hold';
  return (
    <>
      {hold ? (
        <div className="held">
          <HoldCountdown hold={hold} />
          <Button
            className="secondary small"
            isDisabled={disabled}
            aria-label={say('hold.release.label', names)}
            onPress={() => void desk.release(hold.id)}
          >
            {say('hold.release')}
          </Button>
        </div>
      ) : (
        <NotHeld ranOut={ranOut}>
          <Button className="primary" isDisabled={disabled || free === 0} onPress={() => void desk.hold(sku)}>
            {holding ? say('hold.busy') : say(free === 0 ? 'hold.nearby-only' : 'hold.place')}
          </Button>
        </NotHeld>
      )}
      <Button
        className="secondary"
        isDisabled={disabled}
        aria-label={say(kept ? 'together.set-aside.label' : 'together.keep.label', names)}
        onPress={() => void desk.keep(sku, !kept)}
      >
        {say(kept ? 'together.set-aside' : 'together.keep')}
      </Button>
    </>
  );
}

/** The way to a hold; after one that ran out, with a word on that. */
function NotHeld({ ranOut, children }: { readonly ranOut: boolean; readonly children: ReactNode }) {
  const { say } = useTablet().voice;
  if (!ranOut) return children;
  return (
    <div className="not-held">
      <p className="hold-words" role="status">
        {say('hold.ended')}
      </p>
      {children}
    </div>
  );
}
