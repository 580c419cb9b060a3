import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { SaleReading } from '../../protocol/sale.ts';
import type { VisitNote } from '../../protocol/visit-note.ts';
import { pieceInFinish } from '../../sdk/session/piece-in-finish.ts';
import { priceWords } from '../../sdk/session/price-words.ts';
import { appointmentTime } from '../../sdk/session/spoken-time.ts';
import { noteWords } from '../../sdk/session/visit-note-words.ts';
import type { MessageId } from '../language/en.ts';
import { useTablet } from '../app/tablet.ts';
import { arrangedIn, creditsOf, debriefOf, type Debrief } from './practice-debrief.ts';
import type { PracticeOrder } from './practice-orders.ts';
import { practiceCode } from './practice-visit.ts';
import type { ScenarioId } from './scenarios.ts';

/** How a rehearsal stands within the tablet. */
export interface Rehearsal {
  readonly scenarioId: ScenarioId;
  /** Whether the advisor took the lead in it. */
  readonly hasLed: () => boolean;
  /** What was noted at the end, in memory only. */
  readonly noted: () => VisitNote | null;
  /** What was arranged on the way to a sale, and the order if it was placed: nowhere but here, too. */
  readonly arranged: () => SaleReading;
  readonly ordered: () => PracticeOrder | null;
  /** A mirror of the boutique calls in earnest meanwhile. */
  readonly isCalled: boolean;
  readonly onEnd: () => void;
}

/** Over every screen of a rehearsal: that it is one, what the mirror that is not there shows, and the way out. */
export function PracticeBanner({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { line, voice } = useTablet();
  const { say } = voice;
  // Read as one, and so never broken.
  const code = `${practiceCode.slice(0, 4)}\u2060–\u2060${practiceCode.slice(4)}`;
  return (
    <aside className="practice-banner" aria-label={say('practice.title')}>
      <div className="practice-words">
        <p className="practice-title">{say('practice.title')}</p>
        <p>{say('practice.words')}</p>
        <p role="status">
          {line.claim
            ? say('practice.digits', { digits: line.claim.digits })
            : line.calls.length > 0
              ? say('practice.code', { code })
              : ''}
        </p>
      </div>
      <Button className="secondary small" onPress={rehearsal.onEnd}>
        {say('practice.end')}
      </Button>
      {rehearsal.isCalled && (
        <div className="practice-called" role="alert">
          <p>{say('practice.called')}</p>
          <Button className="primary small" onPress={rehearsal.onEnd}>
            {say('practice.called.go')}
          </Button>
        </div>
      )}
    </aside>
  );
}

/** What the visit told, and what the advisor made of it, when they have closed it. */
export function PracticeDebrief({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { line, collection, voice } = useTablet();
  const { say, locale } = voice;
  if (!line.session?.closed) return null;
  const debrief = debriefOf(line.session, collection.catalogue);
  const noted = rehearsal.noted();
  const reading = rehearsal.arranged();
  const arranged = arrangedIn(reading);
  const appointments = reading.appointments.filter(({ state }) => state === 'booked');
  const order = rehearsal.ordered();
  const between = locale === 'fr' ? '\u202f; ' : '; ';
  const names = (skus: readonly string[]): string =>
    skus
      .map((sku) => pieceInFinish(collection.catalogue, sku, locale))
      .filter((name) => name !== null)
      .join(between);
  const fact = (id: 'arranged' | 'appointment' | 'ordered' | 'credited', words: readonly string[]) =>
    words.length > 0 && (
      <div>
        <dt>{say(`practice.debrief.${id}`)}</dt>
        {words.map((one) => (
          <dd key={one}>{one}</dd>
        ))}
      </div>
    );
  const told = (id: 'lingered' | 'came-back' | 'kept' | 'held', skus: readonly string[]) => (
    <div>
      <dt>{say(`practice.debrief.${id}`)}</dt>
      <dd>{skus.length > 0 ? names(skus) : say('practice.debrief.nothing')}</dd>
    </div>
  );
  return (
    <ModalOverlay className="veil" isOpen>
      <Modal className="sheet sheet-small">
        <Dialog className="question practice-debrief">
          <Heading slot="title">{say('practice.debrief.title')}</Heading>
          <p>{say(`practice.${rehearsal.scenarioId}.told`)}</p>
          <dl>
            {told('lingered', debrief.lingered)}
            {told('came-back', debrief.cameBack)}
            {told('kept', debrief.kept)}
            {told('held', debrief.held)}
            {fact('arranged', arranged.length > 0 ? [names(arranged)] : [])}
            {fact(
              'appointment',
              appointments.map((one) => appointmentTime(one.startsAtMs, locale, one.at.timeZone)),
            )}
            {order && fact('ordered', [names(order.lines.map(({ sku }) => sku))])}
            {order &&
              fact(
                'credited',
                creditsOf(order).map(
                  ({ advisorId, price }) =>
                    `${advisorId === line.advisor?.id ? line.advisor.name : say('practice.colleague')}, ${priceWords(price, locale)}`,
                ),
              )}
            <div>
              <dt>{say('practice.debrief.proposal')}</dt>
              <dd>{say(`practice.debrief.proposal.${debrief.proposal}`)}</dd>
            </div>
            <div>
              <dt>{say('practice.debrief.noted')}</dt>
              <dd>
                {noted
                  ? noteWords(noted, { locale, pieceName: (sku) => names([sku]) })
                  : say('practice.debrief.nothing')}
              </dd>
            </div>
          </dl>
          <p>{say(hintOf(rehearsal, debrief))}</p>
          <Button className="primary" onPress={rehearsal.onEnd}>
            {say('practice.debrief.end')}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** One thing to try next time, or that it was well done. */
function hintOf({ scenarioId, hasLed }: Rehearsal, debrief: Debrief): MessageId {
  const { proposal, cameBack, held } = debrief;
  switch (scenarioId) {
    case 'gift':
      return proposal === 'accepted' ? 'practice.hint.well' : 'practice.hint.gift';
    case 'came-back':
      return held.some((sku) => cameBack.includes(sku)) ? 'practice.hint.well' : 'practice.hint.came-back';
    case 'only-looks':
      return hasLed() || proposal !== 'none' ? 'practice.hint.only-looks' : 'practice.hint.well';
  }
}
