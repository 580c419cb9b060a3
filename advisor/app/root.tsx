import { useCallback, useEffect, useState, type ComponentProps } from 'react';
import { speakerOf } from '../language/words.ts';
import { practiceNames, startPractice, type Practice } from '../practice/practice.ts';
import { Locale } from '../../protocol/ids.ts';
import type { ScenarioId } from '../practice/scenarios.ts';
import { App } from './app.tsx';
import { useStore } from './use-store.ts';

const chosenKey = 'vitrine-tablet-language';

/** The language that was asked for on this page before it was loaded again. */
function readChosen(): Locale | null {
  return Locale.options.find((locale) => locale === sessionStorage.getItem(chosenKey)) ?? null;
}

type RootProps = Omit<ComponentProps<typeof App>, 'rehearsal' | 'onPractise' | 'locale' | 'setLocale'> & {
  /** Before anybody has signed in, or chosen. */
  readonly firstLocale: Locale;
};

/**
 * The tablet, in earnest or in a rehearsal: the same screens over another line. The real line goes on beneath, and whoever is no longer
 * signed in there rehearses no more.
 */
export function Root({ firstLocale, ...props }: RootProps) {
  const { desk, collection, clock } = props;
  const real = useStore(desk.link.state);
  const [practice, setPractice] = useState<Practice | null>(null);
  const [chosen, setChosen] = useState(readChosen);
  const setLocale = useCallback((to: Locale | null): void => {
    setChosen(to);
    if (to === null) sessionStorage.removeItem(chosenKey);
    else sessionStorage.setItem(chosenKey, to);
  }, []);
  // The advisor's own language, until they ask for the other.
  const locale = chosen ?? real.advisor?.languages[0] ?? firstLocale;
  const language = { locale, setLocale };
  const advisorId = real.advisor?.id;
  // Who signs in next has a language of their own.
  useEffect(() => (advisorId === undefined ? undefined : () => setLocale(null)), [advisorId, setLocale]);
  const end = (): void => {
    practice?.stop();
    setPractice(null);
  };
  useEffect(() => {
    if (!practice) return;
    const { state } = desk.link;
    return state.subscribe(() => {
      const { advisor, session, claim } = state.get();
      const isFree = claim === null && (session === null || session.closed !== null);
      if (advisor?.id === practice.advisor.id && isFree) return;
      practice.stop();
      setPractice(null);
    });
  }, [practice, desk]);
  useEffect(() => {
    if (!practice) return;
    const { title, documentElement } = document;
    const say = speakerOf(locale);
    practice.rename(practiceNames(locale));
    document.title = `${say('practice.title')} · ${title}`;
    documentElement.toggleAttribute('data-practice', true);
    return () => {
      document.title = title;
      documentElement.toggleAttribute('data-practice', false);
    };
  }, [practice, locale]);
  const begin = (scenarioId: ScenarioId): void => {
    const { identity, advisor } = real;
    if (!identity || !advisor) return;
    // It begins with its call, which stands at the head of the board; the touch that begins it is at the foot.
    scrollTo(0, 0);
    const { catalogue } = collection;
    const names = practiceNames(locale);
    setPractice(startPractice(scenarioId, { identity, advisor, catalogue, names, clock }));
  };
  if (!practice) return <App {...props} {...language} rehearsal={null} onPractise={begin} />;
  const { scenarioId, clients, sales, followUps } = practice;
  return (
    <App
      {...props}
      {...language}
      key="practice"
      desk={practice.desk}
      clients={clients}
      sales={sales}
      followUps={followUps}
      passkeys={null}
      lastBoard={null}
      rehearsal={{
        scenarioId,
        hasLed: practice.hasLed,
        noted: practice.noted,
        arranged: practice.arranged,
        ordered: practice.ordered,
        isCalled: real.calls.some(({ claimedBy }) => claimedBy === null),
        onEnd: end,
      }}
      onPractise={null}
    />
  );
}
