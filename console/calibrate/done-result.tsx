import { Button } from 'react-aria-components';
import type { CalibrateDesk, DeskState } from './calibrate-desk.ts';
import { verticalFovDeg } from './calibrate-desk.ts';
import { figureOf, type Voice } from './figures.ts';

type Done = Extract<DeskState, { kind: 'done' }>;

/** What came of it: the field of view with its ±, or why there is none; keep, discard, start again. */
export function DoneResult({
  desk,
  state,
  voice,
}: {
  readonly desk: CalibrateDesk;
  readonly state: Done;
  readonly voice: Voice;
}) {
  const { say } = voice;
  const { outcome } = state;
  return (
    <section className="done">
      <p className="count">{say(outcome.ok ? 'done.title' : 'refused.title')}</p>
      {outcome.ok ? <Measured state={state} value={outcome.value} voice={voice} /> : null}
      <div role="status">
        {!outcome.ok && <p className="note">{refusalWords(outcome.error, voice)}</p>}
        {state.kept !== 'no' && <p className="note">{say(`kept.${state.kept}`)}</p>}
      </div>
      <div className="choices">
        {outcome.ok && state.kept !== 'yes' && (
          <Button className="set" onPress={() => desk.keep()}>
            {say('keep')}
          </Button>
        )}
        <Button className={outcome.ok ? 'quiet' : 'set'} onPress={() => desk.again()}>
          {say('again')}
        </Button>
        <Button className="quiet" onPress={() => desk.close()}>
          {say(state.kept === 'yes' ? 'stop' : 'discard')}
        </Button>
      </div>
    </section>
  );
}

type Outcome = Done['outcome'];

function Measured({
  state,
  value,
  voice: { say, locale },
}: {
  readonly state: Done;
  readonly value: Extract<Outcome, { ok: true }>['value'];
  readonly voice: Voice;
}) {
  const { camera, before } = state;
  const fov = verticalFovDeg(camera.heightPx, value);
  const used = value.viewRmsPx.filter((rmsPx) => rmsPx !== null).length;
  const leftOut = value.viewRmsPx.length - used;
  const figures = {
    fov: figureOf(fov.valueDeg, 1, locale),
    plusMinus: figureOf(fov.plusMinusDeg, 1, locale),
    rms: figureOf(value.rmsPx, 2, locale),
    count: used,
  };
  return (
    <>
      <h2 className="sr">{say('done.words', figures)}</h2>
      <dl aria-hidden="true">
        <dt>{say('done.fov')}</dt>
        <dd className="figure" data-fov-deg={fov.valueDeg} data-plus-minus-deg={fov.plusMinusDeg}>
          {figures.fov}
          <span> ± {figures.plusMinus}°</span>
        </dd>
        <dt>{say('done.residual')}</dt>
        <dd>{say('done.residual.value', figures)}</dd>
      </dl>
      <p className="lead">{say('done.meaning')}</p>
      {leftOut > 0 && <p className="note">{say('done.left-out', { count: leftOut })}</p>}
      {before === 'unreadable' && <p className="note">{say('done.before.unreadable')}</p>}
      {typeof before === 'object' && (
        <p className="lead">
          {say('done.before', {
            fov: figureOf(verticalFovDeg(before.heightPx, before).valueDeg, 1, locale),
            date: new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', { dateStyle: 'long' }).format(
              before.madeAtMs,
            ),
          })}
        </p>
      )}
    </>
  );
}

function refusalWords(refusal: Extract<Outcome, { ok: false }>['error'], { say, locale }: Voice): string {
  switch (refusal.kind) {
    case 'too-few-views':
      return say('refused.too-few-views');
    case 'tilt-the-card': {
      const missing = refusal.missing.flatMap((tilt) => (tilt === 'straight' ? [] : [say(`view.${tilt}`)]));
      return say('refused.tilt-the-card', {
        missing: new Intl.ListFormat(locale, { type: 'conjunction' })
          .format(missing)
          .toLocaleLowerCase(locale),
      });
    }
    case 'views-disagree':
      return say('refused.views-disagree', { rms: figureOf(refusal.rmsPx, 1, locale) });
  }
}
