import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Chapter, Story } from '../../protocol/story.ts';
import { useSay, useSend, useWords } from '../app/kiosk-context.tsx';
import { startPageTurns } from '../keys/page-turns.ts';
import { ChapterPieceRow } from './chapter-piece-row.tsx';
import { Icon } from './icon.tsx';
import { StoryImage } from './story-image.tsx';

/** One chapter: its picture, its words, its few pieces, and how far the story has come. A swipe turns the page too. */
export function StoryChapter(props: { story: Story; chapter: Chapter; number: number }): ReactNode {
  const { story, chapter, number } = props;
  const say = useSay();
  const send = useSend();
  const words = useWords();
  const page = useRef<HTMLElement>(null);
  const count = story.chapters.length;
  useEffect(() => {
    if (!page.current) return;
    return startPageTurns(page.current, (by) => send({ type: 'open-chapter', chapter: number + by }));
  }, [send, number]);
  return (
    <main className="screen discover chapter" ref={page}>
      <StoryImage picture={chapter.picture} />
      <div className="page story-page">
        <header className="page-head">
          <p className="eyebrow">{words(story.title)}</p>
          <h1>{words(chapter.title)}</h1>
          <p className="lead">{words(chapter.words)}</p>
        </header>
        <ul className="chapter-pieces-list">
          {chapter.pieces.map((shown) => (
            <ChapterPieceRow key={shown.pieceId} shown={shown} />
          ))}
        </ul>
        <nav className="page-turns" aria-label={say('discover.contents')}>
          <Button
            className="quiet page-turn"
            aria-label={say('discover.previous')}
            isDisabled={number === 1}
            onPress={() => send({ type: 'open-chapter', chapter: number - 1 })}
          >
            <Icon name="back" />
          </Button>
          <span className="page-marks" aria-hidden="true">
            {story.chapters.map(({ id }, index) => (
              <span key={id} className="page-mark" data-read={index < number} />
            ))}
          </span>
          <span className="page-count">{say('discover.chapter', { number, count })}</span>
          <Button
            className="quiet page-turn"
            aria-label={say('discover.next')}
            isDisabled={number === count}
            onPress={() => send({ type: 'open-chapter', chapter: number + 1 })}
          >
            <Icon name="next" />
          </Button>
        </nav>
      </div>
    </main>
  );
}
