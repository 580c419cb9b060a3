import { useState, type ReactNode } from 'react';
import type { ConsoleSession, StockBoardReply } from '../../protocol/console.ts';
import type { OmsLetter, StockFeed } from '../../protocol/oms.ts';
import type { ConsoleDesk } from './console-desk.ts';
import { storeName } from './store-select.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { ReadingNote } from './reading-note.tsx';
import type { SectionProps } from './section-props.ts';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { Columns, RowDeed } from './table-parts.tsx';

/** How the stock feeds fare: each Maison's connector, each boutique's age, and what could not be delivered. */
export function StockSection({ desk, session, voice }: SectionProps): ReactNode {
  const { say } = voice;
  const { stock: reading, refusal } = useStore(desk.state);
  return (
    <>
      <p className="lead">{say('stock.lead')}</p>
      <ReadingNote
        reading={reading}
        readAtMs={reading.value?.serverTimeMs ?? null}
        refusal={refusal}
        voice={voice}
      />
      {reading.value?.maisons.map((known) => (
        <MaisonStock
          key={known.maisonId}
          desk={desk}
          session={session}
          known={known}
          letters={reading.value?.letters.filter(({ maisonId }) => maisonId === known.maisonId) ?? []}
          voice={voice}
        />
      ))}
    </>
  );
}

function MaisonStock({
  desk,
  session,
  known,
  letters,
  voice,
}: {
  readonly desk: ConsoleDesk;
  readonly session: ConsoleSession;
  readonly known: StockBoardReply['maisons'][number];
  readonly letters: readonly OmsLetter[];
  readonly voice: Voice;
}): ReactNode {
  const { say, time } = voice;
  const { feed, maisonId } = known;
  const name = session.maisons.find(({ id }) => id === maisonId)?.name ?? maisonId;
  const at = (atMs: number | null) => (atMs === null ? '–' : time(atMs));
  return (
    <section className="maison" aria-labelledby={`stock-${maisonId}`}>
      <header className="maison-bar">
        <h2 id={`stock-${maisonId}`}>{name}</h2>
        <p>
          <span className="mark" data-state={feed.state === 'up' ? 'online' : 'look'}>
            {feedWords(feed, voice)}
          </span>
          <span className="under">
            {feed.source === 'embedded' ? say('feed.embedded') : feed.source}
            {feed.wholeAsOfMs !== null && ` · ${say('feed.whole', { time: time(feed.wholeAsOfMs) })}`}
          </span>
        </p>
        <a href={`/oms/?maison=${maisonId}`} aria-label={`${say('feed.counts')}, ${name}`}>
          {say('feed.counts')}
        </a>
      </header>
      {feed.fault !== null && <p className="note bad">{feed.fault}</p>}
      <table className="stock">
        <Columns
          say={say}
          names={['column.boutique', 'column.skus', 'column.newest', 'column.oldest']}
          number="column.skus"
        />
        <tbody>
          {known.stores.map((store) => (
            <tr key={store.storeId}>
              <th scope="row">{storeName(session, store.storeId)}</th>
              <td className="number" data-label={say('column.skus')}>
                {store.skus}
              </td>
              <td data-label={say('column.newest')}>{at(store.newestAsOfMs)}</td>
              <td data-label={say('column.oldest')}>{at(store.oldestAsOfMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="letters-line">
        {say('letters.waiting', { count: known.waitingLetters })},{' '}
        {say('letters.dead', { count: known.deadLetters })}
      </p>
      {letters.length > 0 && <Letters desk={desk} letters={letters} voice={voice} />}
    </section>
  );
}

function Letters({
  desk,
  letters,
  voice,
}: {
  readonly desk: ConsoleDesk;
  readonly letters: readonly OmsLetter[];
  readonly voice: Voice;
}): ReactNode {
  const { say, time } = voice;
  const [leaving, setLeaving] = useState<OmsLetter | null>(null);
  const named = (letter: OmsLetter) => ({ subject: letter.subject, time: time(letter.createdAtMs) });
  return (
    <>
      <table className="letters">
        <caption>{say('letters.title')}</caption>
        <Columns say={say} names={['column.letter', 'column.fault', 'column.deed']} />
        <tbody>
          {letters.map((letter) => (
            <tr key={letter.id}>
              <th scope="row">
                {letter.subject}, {say(letter.direction === 'out' ? 'letters.out' : 'letters.in')}
                <span className="under">
                  {time(letter.createdAtMs)} · {say('letters.tries', { count: letter.tries })}
                </span>
              </th>
              <td data-label={say('column.fault')}>{letter.lastFault}</td>
              <td className="deed-cell">
                <RowDeed
                  label={say('letters.replay.label', named(letter))}
                  onDeed={() => void desk.replay(letter.id)}
                >
                  {say('letters.replay')}
                </RowDeed>
                <RowDeed
                  label={say('letters.discard.label', named(letter))}
                  onDeed={() => setLeaving(letter)}
                >
                  {say('letters.discard')}
                </RowDeed>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {leaving && (
        <ConfirmDialog
          desk={desk}
          voice={voice}
          title={say('letters.discard.title')}
          words={say('letters.discard.words', named(leaving))}
          deed={say('letters.discard')}
          work={() => desk.discard(leaving.id)}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  );
}

function feedWords({ state, downSinceMs }: StockFeed, { say, time }: Voice): string {
  switch (state) {
    case 'up':
      return say('feed.up');
    case 'reading':
      return say('feed.reading');
    case 'down':
      return say('feed.down', { time: time(downSinceMs ?? 0) });
  }
}
