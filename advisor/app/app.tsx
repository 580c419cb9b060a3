import { useEffect, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Locale } from '../../protocol/ids.ts';
import type { Knowledge } from '../../protocol/knowledge.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { Collection } from '../../sdk/session/collection.ts';
import type { ClientBoard } from '../../sdk/sync/client-board.ts';
import type { FollowUpDesk } from '../../sdk/sync/follow-up-desk.ts';
import type { SaleDesk } from '../../sdk/sync/sale-desk.ts';
import { serverNowMs } from '../../sdk/sync/stock-view.ts';
import { speakerOf } from '../language/words.ts';
import { Header } from '../parts/header.tsx';
import { BoardScreen } from '../screens/board-screen.tsx';
import { EnrolScreen } from '../screens/enrol-screen.tsx';
import { OpeningScreen } from '../screens/opening-screen.tsx';
import { RefusedScreen } from '../screens/refused-screen.tsx';
import { RestingScreen } from '../screens/resting-screen.tsx';
import { SignInScreen } from '../screens/sign-in-screen.tsx';
import { TogetherScreen } from '../screens/together-screen.tsx';
import { WaitingScreen } from '../screens/waiting-screen.tsx';
import { PracticeBanner, PracticeDebrief, type Rehearsal } from '../practice/practice-frame.tsx';
import type { ScenarioId } from '../practice/scenarios.ts';
import type { CallBell } from './call-bell.ts';
import type { Desk } from './desk.ts';
import type { MountViewer } from './mount-viewer.ts';
import type { LastBoard } from './last-board.ts';
import type { RoomLights } from './room-light.ts';
import type { Passkeys } from './passkeys.ts';
import { screenOf } from './screen.ts';
import { TabletContext, useTablet } from './tablet.ts';
import { useNow } from './use-now.ts';
import { useStore } from './use-store.ts';

/** The advisor's tablet. */
export function App({
  desk,
  clients,
  passkeys,
  lights,
  lastBoard,
  bell,
  sales,
  followUps,
  collection,
  knowledge,
  clock,
  locale,
  setLocale,
  mountViewer,
  rehearsal,
  onPractise,
}: {
  readonly desk: Desk;
  readonly clients: ClientBoard;
  /** Null where this page's address or browser has none. */
  readonly passkeys: Passkeys | null;
  readonly lights: RoomLights;
  readonly lastBoard: LastBoard | null;
  readonly bell: CallBell;
  readonly sales: SaleDesk;
  readonly followUps: FollowUpDesk;
  readonly collection: Collection;
  /** Null where the house has none, or it cannot be read. */
  readonly knowledge: Knowledge | null;
  readonly clock: Clock;
  readonly locale: Locale;
  readonly setLocale: (locale: Locale) => void;
  readonly mountViewer: MountViewer;
  /** Null in earnest. */
  readonly rehearsal: Rehearsal | null;
  /** Begins a rehearsal; null in one. */
  readonly onPractise: ((scenarioId: ScenarioId) => void) | null;
}) {
  const line = useStore(desk.link.state);
  const known = useStore(desk.state);
  const client = useStore(clients.state);
  const sale = useStore(sales.state);
  const followUp = useStore(followUps.state);
  const deviceNowMs = useNow(clock);
  const timeZone = line.identity?.store.timeZone ?? 'UTC';
  const nowMs = serverNowMs(line, deviceNowMs);
  const rehearses = rehearsal !== null;
  const tablet = useMemo(
    () => ({
      desk,
      passkeys,
      lights,
      lastBoard,
      clients,
      client,
      sales,
      sale,
      followUps,
      followUp,
      clock,
      bell,
      known,
      line,
      live: line.status.kind === 'live',
      rehearses,
      collection,
      knowledge,
      voice: { say: speakerOf(locale), locale, timeZone, nowMs },
      setLocale,
      mountViewer,
    }),
    [
      desk,
      passkeys,
      lights,
      lastBoard,
      clients,
      client,
      sales,
      sale,
      followUps,
      followUp,
      clock,
      bell,
      known,
      line,
      collection,
      knowledge,
      rehearses,
      locale,
      timeZone,
      nowMs,
      mountViewer,
      setLocale,
    ],
  );
  const advisorId = line.advisor?.id;
  useEffect(() => passkeys?.shownTo(advisorId ?? null), [passkeys, advisorId]);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return (
    <I18nProvider locale={locale === 'en' ? 'en-GB' : 'fr-FR'}>
      <TabletContext value={tablet}>
        {rehearsal && <PracticeBanner rehearsal={rehearsal} />}
        <Header />
        <Screen onPractise={onPractise} />
        {rehearsal && <PracticeDebrief rehearsal={rehearsal} />}
      </TabletContext>
    </I18nProvider>
  );
}

function Screen({ onPractise }: { readonly onPractise: ((scenarioId: ScenarioId) => void) | null }) {
  const { line, voice } = useTablet();
  const name = screenOf(line, voice.nowMs);
  switch (name) {
    case 'opening':
      return <OpeningScreen />;
    case 'enrol':
      return <EnrolScreen />;
    case 'refused':
      return <RefusedScreen />;
    case 'resting':
      return <RestingScreen />;
    case 'sign-in':
      return <SignInScreen />;
    case 'board':
      return <BoardScreen onPractise={onPractise} />;
    case 'waiting':
      return <WaitingScreen />;
    case 'together':
      return line.session && <TogetherScreen session={line.session} />;
  }
}
