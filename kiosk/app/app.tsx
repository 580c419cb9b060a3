import { useEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { WireError } from '../../protocol/errors.ts';
import { directions } from '../language/words.ts';
import { keepThroughTouch } from './keep-through-touch.ts';
import { startKeypad } from '../keys/keypad.ts';
import { Dock } from '../parts/dock.tsx';
import { LineNote } from '../parts/line-note.tsx';
import { BeKnown } from '../parts/be-known.tsx';
import { ProposalOver } from '../parts/together-banner.tsx';
import { Attract } from '../screens/attract.tsx';
import { BringList } from '../screens/bring-list.tsx';
import { Calling } from '../screens/calling.tsx';
import { Closer } from '../screens/closer.tsx';
import { Discover } from '../screens/discover.tsx';
import { Enrol } from '../screens/enrol.tsx';
import { Farewell, Wiping } from '../screens/farewell.tsx';
import { JoinNotice, NoticeAgain } from '../screens/notice.tsx';
import { StillHere } from '../screens/still-here.tsx';
import { Wear } from '../screens/wear.tsx';
import { Welcome } from '../screens/welcome.tsx';
import { Stage } from '../stage/stage.tsx';
import { useKiosk, useLink, useLocale, useVisitSnapshot } from './kiosk-context.tsx';
import { isAsking, screenOf, type ScreenName } from './screen.ts';

function screenView(screen: ScreenName): ReactNode {
  switch (screen) {
    case 'attract':
      return <Attract />;
    case 'welcome':
      return <Welcome />;
    case 'discover':
      return <Discover />;
    case 'wear':
    case 'together':
      return <Wear />;
    case 'closer':
      return <Closer />;
    case 'notice':
      return <NoticeAgain />;
    case 'join':
      return <JoinNotice />;
    case 'list':
      return <BringList />;
    case 'calling':
      return <Calling />;
    case 'farewell':
      return <Farewell />;
    case 'wiping':
      return <Wiping />;
  }
}

/** What stands on the stage behind a screen: the turning head at rest and at the welcome, then the mirror; stories have pictures. */
function sceneOf(screen: ScreenName, wearing: boolean): 'rest' | 'wear' | null {
  switch (screen) {
    case 'attract':
    case 'welcome':
      return 'rest';
    case 'wear':
    case 'together':
      return 'wear';
    // Behind these the mirror waits unseen, so that going back to it takes no time.
    case 'closer':
    case 'notice':
    case 'join':
    case 'list':
    case 'calling':
      return wearing ? 'wear' : null;
    case 'discover':
    case 'farewell':
    case 'wiping':
      return null;
  }
}

/** The kiosk: the stage, the screen of the visit's state over it, and the dock at its lower edge. */
export function App({ enrolRefusal }: { enrolRefusal: WireError['code'] | null }): ReactNode {
  const { visit } = useKiosk();
  const { status, identity } = useLink();
  const snapshot = useVisitSnapshot();
  const locale = useLocale();
  const screen = screenOf(snapshot);
  const scene = sceneOf(screen, snapshot.context.visit.worn !== null);
  const unknown = status.kind === 'unenrolled' || (status.kind === 'refused' && identity === null);
  const shown = unknown || status.kind === 'refused' ? 'enrol' : screen;

  useEffect(() => {
    const page = document.documentElement;
    page.lang = locale;
    page.dir = directions[locale];
  }, [locale]);
  useEffect(() => {
    document.documentElement.dataset['screen'] = shown;
  }, [shown]);
  const followsAdvisor = snapshot.context.visit.session?.lead.by === 'advisor';
  // Any touch of the client's takes the lead back, whatever else it does; keys have the banner's button.
  useEffect(() => {
    if (!followsAdvisor) return undefined;
    const take = (): void => {
      keepThroughTouch(document.querySelector<HTMLElement>('.together-banner'));
      visit.send({ type: 'take-lead' });
    };
    document.addEventListener('pointerdown', take, { capture: true });
    return () => document.removeEventListener('pointerdown', take, { capture: true });
  }, [visit, followsAdvisor]);
  useEffect(() => startKeypad(document, () => visit.send({ type: 'back' })), [visit]);

  if (shown === 'enrol') return <Enrol refusal={enrolRefusal} />;
  return (
    <I18nProvider locale={locale}>
      {scene && <Stage key={`stage-${scene}`} scene={scene} />}
      <div className="view" key={`view-${screen}`}>
        {screenView(screen)}
      </div>
      {(screen === 'closer' || screen === 'list') && <ProposalOver />}
      {(screen === 'closer' || screen === 'list' || screen === 'discover') && <BeKnown isQuestionOnly />}
      <LineNote />
      <Dock />
      {isAsking(snapshot) && <StillHere />}
    </I18nProvider>
  );
}
