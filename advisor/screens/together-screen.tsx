import { useState, type SyntheticEvent } from 'react';
import { Button, Radio, RadioGroup } from 'react-aria-components';
import { fingerOf } from '../../protocol/look.ts';
import type { SessionState } from '../../protocol/session.ts';
import type { Piece, Variant } from '../../protocol/product.ts';
import { fitWords } from '../../sdk/fit/fit-words.ts';
import { priceWords } from '../../sdk/session/price-words.ts';
import { timeOfDay } from '../../sdk/session/spoken-time.ts';
import { BroughtList } from '../parts/brought-list.tsx';
import { ClientCard } from '../parts/client-card.tsx';
import { CloseVisit } from '../parts/close-visit.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { KnowledgeSheet } from '../parts/knowledge-sheet.tsx';
import { LeadBar } from '../parts/lead-bar.tsx';
import { LineNote } from '../parts/line-note.tsx';
import { LookComposer } from '../parts/look-composer.tsx';
import { PiecePicker } from '../parts/piece-picker.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { RingFingers } from '../parts/ring-fingers.tsx';
import { SharedMeasures } from '../parts/shared-measures.tsx';
import { Shortlist } from '../parts/shortlist.tsx';
import { SalePath } from '../parts/sale/sale-path.tsx';
import { Swatch } from '../parts/swatch.tsx';
import { ToldStory } from '../parts/told-story.tsx';
import { VisitPath } from '../parts/visit-path.tsx';
import { WornActions } from '../parts/worn-actions.tsx';
import { WornLook } from '../parts/worn-look.tsx';
import { WornView } from '../parts/worn-view.tsx';
import { useTablet } from '../app/tablet.ts';

/** With the client: what is worn, what the drawer holds, what was tried and kept, and what the advisor can do about it. */
export function TogetherScreen({ session }: { readonly session: SessionState }) {
  const { desk, line, collection, known, live, voice } = useTablet();
  const { say, locale, timeZone } = voice;
  const [picking, setPicking] = useState<'piece' | 'ring-beside' | null>(null);
  const [knows, setKnows] = useState<Piece['id'] | null>(null);
  const { worn } = session;
  const piece = collection.catalogue.pieces.find((one) => one.id === worn?.pieceId);
  const variant = piece?.variants.find((one) => one.id === worn?.variantId);
  const on = piece && variant ? { piece, variant } : null;
  // That the client has just taken the lead is said where it is told who leads.
  const isLate = known.action.refusal?.code === 'conflict' && session.lead.by === 'client';
  const refusal = isLate ? null : known.action.refusal;
  // Before the press that it begins is asked for: what that one is answered stays.
  const goOn = ({ target }: SyntheticEvent): void => {
    if (target instanceof Element && target.closest('button, input, label')) desk.clearRefusal();
  };
  return (
    <main
      className="screen together"
      onPointerDownCapture={goOn}
      onKeyDownCapture={(event) => {
        if (event.key === 'Enter' || event.key === ' ') goOn(event);
      }}
    >
      <div className="together-head">
        <p className="together-with">
          {say('together.with', { kiosk: session.kioskName })}{' '}
          <span>{say('together.since', { time: timeOfDay(session.startedAtMs, locale, timeZone) })}</span>
        </p>
        <CloseVisit session={session} />
      </div>
      <div className="together-lead">
        <LineNote />
        <LeadBar session={session} />
      </div>
      <div className="together-stage">
        {on ? <WornView {...on} point={session.point} /> : <Nothing />}
        {on && <WornName session={session} {...on} onKnow={() => setKnows(on.piece.id)} />}
      </div>
      <div className="together-facts">
        {on && <VariantChoice {...on} />}
        {worn && on?.piece.category === 'ring' && (
          <RingFingers worn={worn} onAnother={() => setPicking('ring-beside')} />
        )}
        <WornLook session={session} />
        <div className="together-column">
          {on && <Drawer sku={on.variant.sku} deviceNowMs={voice.nowMs - line.clockOffsetMs} />}
          <ToldStory session={session} />
          <LookComposer session={session} />
          <BroughtList />
          <SalePath session={session} />
        </div>
        <div className="together-column">
          <ClientCard />
          <SharedMeasures session={session} />
          <Shortlist session={session} />
          <VisitPath session={session} />
        </div>
      </div>
      <div className="together-bar">
        <RefusalNotice attempt="action" refusal={refusal} />
        {on && <WornActions session={session} {...on} />}
        <Button
          className={on ? 'secondary' : 'primary'}
          isDisabled={!live}
          onPress={() => setPicking('piece')}
        >
          {say(on ? 'together.change' : 'picker.title')}
        </Button>
      </div>
      <KnowledgeSheet first={knows} isOpen={knows !== null} onClose={() => setKnows(null)} />
      <PiecePicker
        isOpen={picking !== null}
        onClose={() => setPicking(null)}
        title={say(picking === 'ring-beside' ? 'together.another' : 'picker.title')}
        session={session}
        onPick={(choice) => void desk.wear(choice, picking === 'ring-beside')}
      />
    </main>
  );
}

function Nothing() {
  const { say } = useTablet().voice;
  return (
    <div className="worn-nothing">
      <h1>{say('together.nothing')}</h1>
      <p className="lead">{say('together.nothing.words')}</p>
    </div>
  );
}

function WornName({
  session,
  piece,
  variant,
  onKnow,
}: {
  readonly session: SessionState;
  readonly piece: Piece;
  readonly variant: Variant;
  readonly onKnow: () => void;
}) {
  const { say, locale } = useTablet().voice;
  return (
    <div className="worn-name">
      <p className="label">{say('together.worn')}</p>
      <h1>{piece.name}</h1>
      <p className="worn-variant">{variant.name[locale]}</p>
      <p className="worn-line">
        {piece.line[locale]} <span className="worn-price">{priceWords(piece.price, locale)}</span>
      </p>
      <p className="worn-line">
        {fitWords(piece, session.measures, locale, session.worn ? fingerOf(session.worn) : undefined)}
      </p>
      <Button className="quiet worn-know" onPress={onKnow}>
        {say('knowledge.open', { piece: piece.name })}
      </Button>
    </div>
  );
}

function VariantChoice({ piece, variant }: { readonly piece: Piece; readonly variant: Variant }) {
  const { desk, live, voice } = useTablet();
  const { say, locale } = voice;
  return (
    <RadioGroup
      className="variants"
      aria-label={say('together.variants')}
      orientation="horizontal"
      isDisabled={!live}
      value={variant.id}
      onChange={(variantId) => void desk.wear({ pieceId: piece.id, variantId })}
    >
      {piece.variants.map((one) => (
        <Radio key={one.id} value={one.id} className="chip">
          <Swatch variant={one} />
          <span>{one.name[locale]}</span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
