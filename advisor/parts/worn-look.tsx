import { Button } from 'react-aria-components';
import { fingerOf } from '../../protocol/look.ts';
import type { SessionState, Worn } from '../../protocol/session.ts';
import { fitWords } from '../../sdk/fit/fit-words.ts';
import { fingerWords, kindWords } from '../../sdk/fit/piece-words.ts';
import { useTablet } from '../app/tablet.ts';
import { Swatch } from './swatch.tsx';

/** Everything that the client wears together: each piece with its finish and size; a touch brings it into view. Nothing for one piece. */
export function WornLook({ session }: { readonly session: SessionState }) {
  const { say } = useTablet().voice;
  if (session.look.length < 2) return null;
  return (
    <section aria-labelledby="look-title" className="list look">
      <h2 id="look-title" className="label">
        {say('together.look', { count: session.look.length })}
      </h2>
      <ul className="pieces">
        {session.look.map((worn) => (
          <WornRow key={worn.pieceId} worn={worn} session={session} />
        ))}
      </ul>
    </section>
  );
}

function WornRow({ worn, session }: { readonly worn: Worn; readonly session: SessionState }) {
  const { desk, collection, live, voice } = useTablet();
  const { say, locale } = voice;
  const piece = collection.catalogue.pieces.find(({ id }) => id === worn.pieceId);
  const variant = piece?.variants.find(({ id }) => id === worn.variantId);
  const sku = `${worn.pieceId}.${worn.variantId}`;
  if (!piece || !variant) {
    return <li className="piece-row piece-row-unknown">{say('together.unknown', { sku })}</li>;
  }
  const isLookedAt = worn.pieceId === session.worn?.pieceId;
  const kind =
    piece.category === 'ring' ? fingerWords(fingerOf(worn), locale) : kindWords(piece.category, locale);
  return (
    <li className="piece-row">
      <Button
        className="piece-row-main"
        isDisabled={!live}
        aria-current={isLookedAt}
        onPress={() => void desk.wear(worn)}
      >
        <Swatch variant={variant} />
        <span className="look-words">
          <span className="piece-row-words">
            <span className="piece-row-name">{piece.name}</span>
            <span className="piece-row-variant">{variant.name[locale]}</span>
          </span>
          <span className="look-size">
            {kind}
            <span className="look-fit">{fitWords(piece, session.measures, locale, fingerOf(worn))}</span>
          </span>
        </span>
        {isLookedAt && <span className="piece-row-note">{say('together.look.shown')}</span>}
        {!isLookedAt && <span className="unseen">{say('together.wear')}</span>}
      </Button>
      <Button
        className="quiet"
        isDisabled={!live}
        aria-label={say('together.take-off.label', { piece: piece.name })}
        onPress={() => void desk.takeOff(piece.id)}
      >
        {say('together.take-off')}
      </Button>
    </li>
  );
}
