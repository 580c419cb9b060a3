import { useCallback, useEffect, useMemo, useState, type ComponentProps } from 'react';
import { speakerOf } from '../language/words.ts';
import { practiceNames, startPractice, type Practice } from '../practice/practice.ts';
import type { Locale } from '../../protocol/ids.ts';
import type { ScenarioId } from '../practice/scenarios.ts';
import { App } from './app.tsx';
import type { LanguageChoices } from './language-choices.ts';
import { useStore } from './use-store.ts';

/** Where a choice is noted that nobody has signed in for. */
const nobody = '';

type RootProps = Omit<ComponentProps<typeof App>, 'rehearsal' | 'onPractise' | 'locale' | 'setLocale'> & {
  /** Before anybody has signed in, or chosen. */
  readonly firstLocale: Locale;
  readonly languages: LanguageChoices;
};

/**
 * The tablet, in earnest or in a rehearsal: the same screens over another line. The real line goes on beneath, and whoever is no longer
 * signed in there rehearses no more.
 */
export function Root({ firstLocale, languages, ...props }: RootProps) {
  const { desk, collection, clock } = props;
  const real = useStore(desk.link.state);
  const [practice, setPractice] = useState<Practice | null>(null);
  const advisorId = real.advisor?.id;
  const { advisors } = useStore(desk.state);
  const [chosen, setChosen] = useState<Readonly<Record<string, Locale | null>>>({});
  const kept = useMemo(() => languages.read(advisorId), [languages, advisorId]);
  const [keptBefore] = useState(() => languages.read(undefined));
  const before = nobody in chosen ? chosen[nobody] : keptBefore;
  const setLocale = useCallback(
    (to: Locale): void => {
      setChosen((all) => ({ ...all, [advisorId ?? nobody]: to }));
      languages.keep(advisorId, to);
    },
    [languages, advisorId],
  );
  // What they asked for once, or as they signed in; else the advisor's own first language.
  const own = advisorId === undefined ? null : (chosen[advisorId] ?? kept);
  const locale = own ?? before ?? real.advisor?.languages[0] ?? firstLocale;
  const language = { locale, setLocale };
  // Who signs in next has a language of their own.
  useEffect(() => {
    if (advisorId === undefined) return undefined;
    return () => {
      languages.forgetNobodys();
      setChosen((all) => ({ ...all, [nobody]: null }));
    };
  }, [languages, advisorId]);
  useEffect(() => {
    if (typeof advisors !== 'string') languages.keepOnly(advisors.map(({ id }) => id));
  }, [languages, advisors]);
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
