import { Button } from 'react-aria-components';
import { isDark } from '../app/back-room-theme.ts';
import { LightSwitch } from './light-switch.tsx';
import { useTablet } from '../app/tablet.ts';
import { timeWithDay } from '../../sdk/session/spoken-time.ts';

/** The one bar that every screen has: whose house this is, who is signed in, and how the line stands. */
export function Header() {
  const { desk, line, collection, rehearses, voice, setLocale } = useTablet();
  const { say, locale } = voice;
  const { identity, advisor, session } = line;
  const away = advisor && !rehearses && !(session && !session.closed);
  return (
    <header className="header">
      <p className="header-house">{identity?.maisonName ?? collection.catalogue.maisonName}</p>
      <p className="header-who">
        {identity && <span>{identity.store.name}</span>}
        {advisor && <span>{advisor.name}</span>}
      </p>
      <div className="header-end">
        <LineMark />
        <Button
          className="quiet"
          aria-label={say('language.other.label')}
          onPress={() => setLocale(locale === 'en' ? 'fr' : 'en')}
        >
          <span lang={locale === 'en' ? 'fr' : 'en'}>{say('language.other')}</span>
        </Button>
        {away && (
          <Button className="quiet" onPress={() => void desk.signOut()}>
            {say('sign-out')}
          </Button>
        )}
      </div>
      {!isDark(collection.theme) && <LightSwitch />}
    </header>
  );
}

/** How the line stands, in one word or one time. Numbers are live, or have an age, or are a rehearsal's; there is nothing between. */
function LineMark() {
  const { line, rehearses, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  if (rehearses)
    return (
      <span className="line-mark" data-line="practice">
        {say('practice.title')}
      </span>
    );
  switch (line.status.kind) {
    case 'live':
      return (
        <span className="line-mark" data-line="live">
          {say('line.live')}
        </span>
      );
    case 'connecting':
      return (
        <span className="line-mark" data-line="connecting">
          {say('line.connecting')}
        </span>
      );
    case 'offline': {
      const time = timeWithDay(line.status.sinceMs, nowMs, locale, timeZone);
      return (
        <span className="line-mark" data-line="offline">
          {say('line.offline', { time })}
        </span>
      );
    }
    case 'unenrolled':
    case 'refused':
      return null;
  }
}
