import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ConsoleSession } from '../../protocol/console.ts';
import type { Locale } from '../../protocol/ids.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import { ActivationsSection } from './activations-section.tsx';
import { AdvisorsSection } from './advisors-section.tsx';
import { AuditSection } from './audit-section.tsx';
import type { ConsoleDesk } from './console-desk.ts';
import type { Section } from './console-state.ts';
import { DevicesSection } from './devices-section.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import type { SectionProps } from './section-props.ts';
import { SignInScreen } from './sign-in-screen.tsx';
import { StockSection } from './stock-section.tsx';
import { useStore } from './use-store.ts';
import { voiceOf, type Voice } from './voice.ts';
import { speakerOf } from './words.ts';

const sections = [
  'devices',
  'advisors',
  'activations',
  'passkeys',
  'stock',
  'audit',
] as const satisfies readonly Section[];

function sectionOf(search: string): Section {
  const asked = new URLSearchParams(search).get('section');
  return sections.find((section) => section === asked) ?? 'devices';
}

/** The console: who is signed in, the sections, and the one that is open. */
export function Shell({
  desk,
  clock,
  firstLocale,
}: {
  readonly desk: ConsoleDesk;
  readonly clock: Clock;
  readonly firstLocale: Locale;
}): ReactNode {
  const { session } = useStore(desk.state);
  const [locale, setLocale] = useState(firstLocale);
  const say = speakerOf(locale);
  const voice = voiceOf(say, locale, clock.nowMs());
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const other = locale === 'en' ? 'fr' : 'en';
  const language = (
    <button
      className="quiet"
      type="button"
      aria-label={say('language.other.label')}
      onClick={() => setLocale(other)}
    >
      <span lang={other}>{say('language.other')}</span>
    </button>
  );
  if (session === 'unread')
    return (
      <main className="alone">
        <p className="lead" role="status">
          {say('opening')}
        </p>
      </main>
    );
  if (session === 'unreachable')
    return (
      <main className="alone">
        <p className="wordmark">Vitrine</p>
        <p className="lead" role="alert">
          {say('why.unreachable')}
        </p>
        <button className="deed" type="button" onClick={() => void desk.open()}>
          {say('again')}
        </button>
      </main>
    );
  if (session === null) return <SignInScreen desk={desk} say={say} language={language} />;
  return <Open desk={desk} session={session} voice={voice} language={language} />;
}

function Open({
  desk,
  session,
  voice,
  language,
}: {
  readonly desk: ConsoleDesk;
  readonly session: ConsoleSession;
  readonly voice: Voice;
  readonly language: ReactNode;
}): ReactNode {
  const { say } = voice;
  const [section, setSection] = useState(() => sectionOf(location.search));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const back = () => setSection(sectionOf(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  useEffect(() => {
    document.title = `${say(`section.${section}`)} · Vitrine`;
  }, [section, say]);
  const go = (next: Section) => {
    desk.forgetRefusal();
    history.pushState(null, '', `?section=${next}`);
    setSection(next);
    heading.current?.focus();
  };
  const [maison] = session.maisons;
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {say('skip')}
      </a>
      <header className="bar">
        <p className="wordmark">Vitrine</p>
        <p className="scope">
          <span>{session.maisonId === null ? say('scope.all') : maison?.name}</span>
          <span className="faint">{session.actor.name ?? say('actor.operator')}</span>
        </p>
        {language}
        <button className="quiet" type="button" onClick={() => void desk.signOut()}>
          {say('sign-out')}
        </button>
      </header>
      <nav aria-label={say('sections')}>
        <ul>
          {sections.map((one) => (
            <li key={one}>
              <a
                href={`?section=${one}`}
                aria-current={one === section ? 'page' : undefined}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  go(one);
                }}
              >
                {say(`section.${one}`)}
              </a>
            </li>
          ))}
          <li>
            <a href="/console/calibrate/">{say('section.calibrate')}</a>
          </li>
        </ul>
      </nav>
      <main id="content">
        <h1 ref={heading} tabIndex={-1}>
          {say(`section.${section}`)}
        </h1>
        <Section key={section} name={section} desk={desk} session={session} voice={voice} />
      </main>
    </div>
  );
}

function Section({ name, ...rest }: SectionProps & { readonly name: Section }): ReactNode {
  const { desk } = rest;
  useEffect(() => desk.watch(name), [desk, name]);
  switch (name) {
    case 'devices':
      return <DevicesSection {...rest} />;
    case 'advisors':
      return <AdvisorsSection {...rest} />;
    case 'passkeys':
      return <PasskeysSection {...rest} />;
    case 'activations':
      return <ActivationsSection {...rest} />;
    case 'stock':
      return <StockSection {...rest} />;
    case 'audit':
      return <AuditSection {...rest} />;
  }
}
