import type { Ref } from 'react';
import { Button, Heading } from 'react-aria-components';
import { goesWithIn } from '../../protocol/knowledge.ts';
import { findWorn, type Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { sizeWords } from '../../sdk/fit/size-words.ts';
import { useTablet } from '../app/tablet.ts';
import { Poster } from './poster.tsx';

/** Everything that an advisor may want to know of a piece, in the order in which it is needed beside a client. */
export function PieceKnowledgePage({
  ref,
  piece,
  onOther,
}: {
  readonly ref: Ref<HTMLElement>;
  readonly piece: Piece;
  /** Reads on at a piece that goes with it. */
  readonly onOther: (pieceId: Piece['id']) => void;
}) {
  const { knowledge, line, voice } = useTablet();
  const { say, locale } = voice;
  const known = knowledge?.pieces.find(({ pieceId }) => pieceId === piece.id);
  // As the client wears it; where they do not, in its first finish.
  const worn = line.session?.look.find(({ pieceId }) => pieceId === piece.id);
  const beside = known ? goesWithIn(known, worn?.variantId ?? null) : [];
  const shown = piece.variants.find(({ id }) => id === worn?.variantId) ?? piece.variants[0];
  return (
    <article className="knowledge" ref={ref}>
      <header className="knowledge-head">
        {shown && <Poster piece={piece} variant={shown} />}
        <div>
          <Heading slot="title">{piece.name}</Heading>
          <p className="help">{piece.line[locale]}</p>
        </div>
      </header>
      {known && (
        <section aria-label={say('knowledge.present')}>
          <h3 className="label">{say('knowledge.present')}</h3>
          <ol className="knowledge-steps">
            {known.present.map((step) => (
              <li key={step.en}>{step[locale]}</li>
            ))}
          </ol>
        </section>
      )}
      <Part title={say('knowledge.story')} words={piece.story[locale]} />
      {known && <Part title={say('knowledge.craft')} words={known.craft[locale]} />}
      <Part
        title={say('knowledge.materials')}
        words={piece.materials[locale]}
        more={sizeWords(piece, locale)}
      />
      <Part title={say('knowledge.care')} words={piece.care[locale]} />
      {known && (
        <section aria-label={say('knowledge.asked')}>
          <h3 className="label">{say('knowledge.asked')}</h3>
          <dl className="knowledge-asked">
            {known.asked.map(({ question, answer }) => (
              <div key={question.en}>
                <dt>{question[locale]}</dt>
                <dd>{answer[locale]}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {beside.length > 0 && (
        <section aria-label={say('knowledge.with')}>
          <h3 className="label">{say('knowledge.with')}</h3>
          <ul className="pieces">
            {beside.map(({ pieceId, variantId, why }) => (
              <Beside key={pieceId} worn={{ pieceId, variantId }} why={why[locale]} onOther={onOther} />
            ))}
          </ul>
        </section>
      )}
      {!known && <p className="help">{say('knowledge.none')}</p>}
    </article>
  );
}

function Part({
  title,
  words,
  more,
}: {
  readonly title: string;
  readonly words: string;
  readonly more?: string;
}) {
  return (
    <section aria-label={title}>
      <h3 className="label">{title}</h3>
      <p>{words}</p>
      {more !== undefined && <p className="help">{more}</p>}
    </section>
  );
}

/** A piece that goes with it: read on there, or, with a client, propose both. */
function Beside({
  worn,
  why,
  onOther,
}: {
  readonly worn: Worn;
  readonly why: string;
  readonly onOther: (pieceId: Piece['id']) => void;
}) {
  const { desk, collection, line, live, voice } = useTablet();
  const { say, locale } = voice;
  const found = findWorn(collection.catalogue, worn);
  if (!found) return null;
  const { piece, variant } = found;
  const session = line.session && !line.session.closed ? line.session : null;
  const names = { piece: piece.name, variant: variant.name[locale] };
  return (
    <li className="piece-row">
      <Button className="piece-row-main" onPress={() => onOther(piece.id)}>
        <Poster piece={piece} variant={variant} />
        <span className="piece-row-words">
          <span className="piece-row-name">{names.piece}</span>
          <span className="piece-row-variant">{names.variant}</span>
          <span className="knowledge-why">{why}</span>
        </span>
      </Button>
      {session && (
        <Button
          className="secondary small"
          isDisabled={!live}
          aria-label={say('knowledge.propose.label', names)}
          onPress={() => void desk.proposeWith(worn)}
        >
          {say('knowledge.propose')}
        </Button>
      )}
    </li>
  );
}
