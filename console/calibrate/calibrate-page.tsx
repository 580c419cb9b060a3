import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { Button, I18nProvider } from 'react-aria-components';
import type { Locale } from '../../protocol/ids.ts';
import { wizardViews } from '../../sdk/calibration/card-wizard.ts';
import type { CalibrateDesk, DeskState } from './calibrate-desk.ts';
import { verticalFovDeg } from './calibrate-desk.ts';
import { CameraPicture } from './camera-picture.tsx';
import { DoneResult } from './done-result.tsx';
import { figureOf, type Voice } from './figures.ts';
import { TakenViews } from './taken-views.tsx';
import { speakerOf } from './words.ts';

/** Measures the mirror's camera with a card: what to do, what is seen, what came of it. */
export function CalibratePage({
  desk,
  maisonName,
  firstLocale,
}: {
  readonly desk: CalibrateDesk;
  readonly maisonName: string;
  readonly firstLocale: Locale;
}) {
  const state = useSyncExternalStore(
    useCallback((listener) => desk.state.subscribe(listener), [desk]),
    () => desk.state.get(),
  );
  const [locale, setLocale] = useState(firstLocale);
  const say = speakerOf(locale);
  const voice = { say, locale };
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return (
    <I18nProvider locale={locale === 'en' ? 'en-GB' : 'fr-FR'}>
      <header className="bar">
        <p className="house">{maisonName}</p>
        <Button
          className="quiet"
          aria-label={say('language.other.label')}
          onPress={() => setLocale(locale === 'en' ? 'fr' : 'en')}
        >
          <span lang={locale === 'en' ? 'fr' : 'en'}>{say('language.other')}</span>
        </Button>
      </header>
      <main className="calibrate">
        <h1>{say('title')}</h1>
        {state.kind === 'closed' || state.kind === 'opening' ? (
          <Before desk={desk} state={state} voice={voice} />
        ) : (
          <div className="bench">
            <CameraPicture state={state} voice={voice} />
            <div className="side">
              {state.kind === 'looking' ? (
                <Asking desk={desk} state={state} voice={voice} />
              ) : (
                <DoneResult desk={desk} state={state} voice={voice} />
              )}
              <TakenViews state={state} voice={voice} />
            </div>
          </div>
        )}
      </main>
    </I18nProvider>
  );
}

function Before({
  desk,
  state,
  voice: { say },
}: {
  readonly desk: CalibrateDesk;
  readonly state: Extract<DeskState, { kind: 'closed' | 'opening' }>;
  readonly voice: Voice;
}) {
  const isOpening = state.kind === 'opening';
  return (
    <div className="before">
      <p className="lead">{say('lead')}</p>
      <p>{say('before.what')}</p>
      <p>{say('before.where')}</p>
      <p>{say('before.private')}</p>
      <Button className="set" isDisabled={isOpening} onPress={() => void desk.begin()}>
        {say(isOpening ? 'opening' : 'open')}
      </Button>
      <div role="alert">
        {state.kind === 'closed' && state.trouble !== null && (
          <p className="note">{say(`trouble.${state.trouble}`)}</p>
        )}
      </div>
    </div>
  );
}

function Asking({
  desk,
  state,
  voice,
}: {
  readonly desk: CalibrateDesk;
  readonly state: Extract<DeskState, { kind: 'looking' }>;
  readonly voice: Voice;
}) {
  const { say } = voice;
  const number = wizardViews.indexOf(state.wanted) + 1;
  return (
    <section className="asking" data-view={state.wanted}>
      <p className="count">{say('step', { number, count: wizardViews.length })}</p>
      <h2 aria-live="polite">{say(`ask.${state.wanted}`)}</h2>
      <p className="sight" role="status">
        {sightWords(state, voice)}
      </p>
      <p className="so-far">{soFarWords(state, voice)}</p>
      <div className="choices">
        <Button className="quiet" onPress={() => desk.skip()}>
          {say('skip')}
        </Button>
        <Button className="quiet" onPress={() => desk.again()}>
          {say('again')}
        </Button>
        <Button className="quiet" onPress={() => desk.close()}>
          {say('stop')}
        </Button>
      </div>
    </section>
  );
}

function sightWords({ sight }: Extract<DeskState, { kind: 'looking' }>, { say }: Voice): string {
  return sight.kind === 'not-yet' ? say(`sight.${sight.want}`) : say(`sight.${sight.kind}`);
}

function soFarWords(
  { soFar, camera }: Extract<DeskState, { kind: 'looking' }>,
  { say, locale }: Voice,
): string {
  if (soFar === null || (!soFar.ok && soFar.error.kind === 'too-few-views')) return say('so-far.none');
  if (!soFar.ok) return say('so-far.wait');
  const fov = verticalFovDeg(camera.heightPx, soFar.value);
  return say('so-far', {
    fov: figureOf(fov.valueDeg, 1, locale),
    plusMinus: figureOf(fov.plusMinusDeg, 1, locale),
    rms: figureOf(soFar.value.rmsPx, 2, locale),
  });
}
