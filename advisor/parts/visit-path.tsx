import { findBySku } from '../../protocol/product.ts';
import type { SessionState } from '../../protocol/session.ts';
import { isWornStep, lingered, type PathStep } from '../../protocol/visit-path.ts';
import { timeOfDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';
import type { MessageId } from '../language/en.ts';

/** The newest steps are what one reads while walking beside a client. */
const shownSteps = 12;

/** What happened with the pieces since the client's yes, the newest first: tried, lingered over, come back to, kept, set aside. */
export function VisitPath({ session }: { readonly session: SessionState }) {
  const { voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const steps = session.path.slice(-shownSteps).toReversed();
  return (
    <section aria-labelledby="path-title" className="path">
      <h2 id="path-title" className="label">
        {say('path.title', { time: timeOfDay(session.startedAtMs, locale, timeZone) })}
      </h2>
      {steps.length === 0 ? (
        <p className="help">{say('path.none')}</p>
      ) : (
        <ol className="path-steps">
          {steps.map((step) => (
            <li
              key={`${step.atMs} ${step.kind} ${'sku' in step ? step.sku : step.variantId}`}
              data-kind={step.kind}
            >
              <time dateTime={new Date(step.atMs).toISOString()}>
                {timeOfDay(step.atMs, locale, timeZone)}
              </time>
              <span>
                <PieceName step={step} />
                <span className="path-kind">{say(kindOf(step, nowMs))}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function PieceName({ step }: { readonly step: PathStep }) {
  const { collection, voice } = useTablet();
  const sku = isWornStep(step) ? null : step.sku;
  const found = sku === null ? null : findBySku(collection.catalogue, sku);
  const piece = isWornStep(step)
    ? collection.catalogue.pieces.find(({ id }) => id === step.pieceId)
    : found?.piece;
  const variant = isWornStep(step) ? piece?.variants.find(({ id }) => id === step.variantId) : found?.variant;
  if (!piece || !variant)
    return <span className="path-piece">{sku ?? (isWornStep(step) ? step.pieceId : '')}</span>;
  return (
    <span className="path-piece">
      {piece.name}, {variant.name[voice.locale]}
    </span>
  );
}

function kindOf(step: PathStep, nowMs: number): MessageId {
  if (!isWornStep(step)) return `path.${step.kind}`;
  const whose = step.by === 'advisor' ? '.shown' : '';
  return lingered(step, nowMs) ? `path.${step.kind}.lingered` : `path.${step.kind}${whose}`;
}
