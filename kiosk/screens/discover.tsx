import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Chapter } from '../../protocol/product.ts';
import { useKiosk, useSay, useSend, useVisit, useWords } from '../app/kiosk-context.tsx';
import { Icon } from '../parts/icon.tsx';
import { PieceCard } from '../parts/piece-card.tsx';

/** The story: its first page names the chapters, then one chapter at a time with the few pieces that belong to it. */
export function Discover(): ReactNode {
  const { story } = useKiosk().collection.catalogue;
  const { chapter: page } = useVisit();
  const chapter = story.chapters[page - 1];
  return chapter ? <ChapterPage key={chapter.id} chapter={chapter} number={page} /> : <Contents />;
}

function Contents(): ReactNode {
  const { story, pieces } = useKiosk().collection.catalogue;
  const say = useSay();
  const send = useSend();
  const words = useWords();
  return (
    <main className="screen page discover contents">
      <header className="page-head">
        <h1 className="hero">{words(story.title)}</h1>
        <p className="lead">{words(story.words)}</p>
      </header>
      <ol className="chapters" aria-label={say('discover.contents')}>
        {story.chapters.map((chapter, index) => (
          <li key={chapter.id}>
            <Button
              className="chapter-link"
              aria-label={say('discover.open', { number: index + 1, title: words(chapter.title) })}
              onPress={() => send({ type: 'open-chapter', chapter: index + 1 })}
            >
              <span className="chapter-number">{index + 1}</span>
              <span className="chapter-title">{words(chapter.title)}</span>
              <span className="chapter-pieces">
                {chapter.pieces.map((id) => pieces.find((piece) => piece.id === id)?.name ?? '').join(', ')}
              </span>
              <Icon name="next" />
            </Button>
          </li>
        ))}
      </ol>
    </main>
  );
}

function ChapterPage({ chapter, number }: { chapter: Chapter; number: number }): ReactNode {
  const { story, pieces } = useKiosk().collection.catalogue;
  const say = useSay();
  const send = useSend();
  const words = useWords();
  const count = story.chapters.length;
  return (
    <main className="screen page discover chapter">
      <header className="page-head">
        <p className="eyebrow">{say('discover.chapter', { number, count })}</p>
        <h1>{words(chapter.title)}</h1>
        <p className="lead">{words(chapter.words)}</p>
      </header>
      {chapter.pieces.map((id) => {
        const piece = pieces.find((candidate) => candidate.id === id);
        return (
          piece && (
            <PieceCard key={id} piece={piece}>
              {number < count && (
                <Button
                  className="secondary"
                  onPress={() => send({ type: 'open-chapter', chapter: number + 1 })}
                >
                  {say('discover.next')}
                  <Icon name="next" />
                </Button>
              )}
            </PieceCard>
          )
        );
      })}
    </main>
  );
}
