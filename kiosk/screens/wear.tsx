import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import {
  useCardStep,
  useDressed,
  useKiosk,
  useMirrored,
  useMirrorStatus,
  usePlaced,
  useSay,
  useSend,
  useVisit,
  useWords,
} from '../app/kiosk-context.tsx';
import { BeKnown } from '../parts/be-known.tsx';
import { asksForHand, BodyGuide } from '../parts/body-guide.tsx';
import { FitLine } from '../parts/fit-line.tsx';
import { Promises } from '../parts/promises.tsx';
import { Icon } from '../parts/icon.tsx';
import { MeasureCard } from '../parts/measure-card.tsx';
import { ListNote } from '../parts/list-note.tsx';
import { MirrorWords } from '../parts/mirror-words.tsx';
import { PieceStrip } from '../parts/piece-strip.tsx';
import { fingerOf } from '../../protocol/look.ts';
import { useCovering } from '../parts/use-covering.ts';
import { Company } from '../parts/company.tsx';
import { WaitingPiece } from '../parts/waiting-piece.tsx';
import { toldStatus } from '../wiring/mirror-status.ts';
import { ProposedLookCard, TogetherBanner } from '../parts/together-banner.tsx';
import { StockWordsLine } from '../parts/stock-words-line.tsx';

/**
 * The mirror, edge to edge; over it only the piece's name and line, its stock, the strip of pieces, keep and look closer.
 * Together with an advisor it also says so, and what is held.
 */
export function Wear(): ReactNode {
  const { catalogue } = useKiosk().collection;
  const visit = useVisit();
  const status = useMirrorStatus();
  const mirrored = useMirrored();
  const placed = usePlaced();
  const say = useSay();
  const send = useSend();
  const words = useWords();
  const step = useCardStep();
  const foot = useCovering<HTMLDivElement>();
  const { worn, kept, session } = visit;
  const piece = catalogue.pieces.find((candidate) => candidate.id === worn?.pieceId);
  const variant = piece?.variants.find((candidate) => candidate.id === worn?.variantId);
  const sight = {
    mirrored,
    placed: placed === true,
    asksForHand: piece !== undefined && asksForHand(piece.category),
  };
  const told = visit.consent ? toldStatus(status, sight) : 'declined';
  // A touch says for whom a piece is; nobody finds that out by themselves.
  const dressed = useDressed();
  const isUntouched = visit.company.length > 0 && dressed.every(({ person }) => person === 0);
  const isKept = variant !== undefined && kept.includes(variant.sku);
  return (
    <main className="screen wear" aria-label={say('wear.mirror')}>
      {session && (
        <aside className="together">
          <TogetherBanner />
          <Promises session={session} />
          <BeKnown />
          <ProposedLookCard />
        </aside>
      )}
      {piece && worn && visit.consent && step === null && <BodyGuide piece={piece} finger={fingerOf(worn)} />}
      {piece && variant && step === null && (
        <WaitingPiece piece={piece} variant={variant} isAlone={told === 'searching' || told === 'lost'} />
      )}
      <div className="wear-foot" ref={foot}>
        {step && <MeasureCard step={step} />}
        <ListNote />
        <MirrorWords status={told} hint={isUntouched ? say('wear.company.touch') : null} />
        {piece && variant && step === null && (
          <div className="wear-caption">
            <div className="wear-names">
              <h1>{piece.name}</h1>
              <p className="piece-line">{words(piece.line)}</p>
              <StockWordsLine sku={variant.sku} />
              <FitLine piece={piece} worn={worn} />
            </div>
            <div className="wear-tools">
              <ToggleButton
                className="tool"
                isSelected={isKept}
                aria-label={say(isKept ? 'wear.kept.label' : 'wear.keep', {
                  piece: piece.name,
                  variant: words(variant.name),
                })}
                onChange={(keep) => send({ type: 'keep', sku: variant.sku, kept: keep })}
              >
                <Icon name="heart" filled={isKept} />
                <span aria-hidden="true">{say(isKept ? 'wear.kept' : 'wear.keep.short')}</span>
              </ToggleButton>
              <Company />
              <Button className="tool" onPress={() => send({ type: 'look-closer' })}>
                <Icon name="closer" />
                {say('wear.closer')}
              </Button>
            </div>
          </div>
        )}
        {step === null && (
          <PieceStrip
            worn={worn}
            onChoose={(chosen, beside) => send({ type: 'try-on', worn: chosen, beside })}
          />
        )}
      </div>
    </main>
  );
}
