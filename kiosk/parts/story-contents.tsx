import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Story } from '../../protocol/story.ts';
import { useKiosk, useSay, useSend, useWords } from '../app/kiosk-context.tsx';
import { Icon } from './icon.tsx';
import { StoryImage } from './story-image.tsx';

/** The first page of a story: its cover, what it is about, and its chapters by name. */
export function StoryContents({ story }: { story: Story }): ReactNode {
  const { pieces } = useKiosk().collection.catalogue;
  const say = useSay();
  const send = useSend();
  const words = useWords();
  return (
    <main className="screen discover contents">
      <StoryImage picture={story.cover} />
      <div className="page story-page">
        <header className="page-head">
          <h1>{words(story.title)}</h1>
          <p className="lead">{words(story.words)}</p>
        </header>
        <ol className="chapters" aria-label={say('discover.contents')}>
          {story.chapters.map((chapter, index) => (
            <li key={chapter.id}>
              <Button
                className="chapter-link"
                onPress={() => send({ type: 'open-chapter', chapter: index + 1 })}
              >
                <span className="chapter-number">{index + 1}</span>
                <span className="chapter-title">{words(chapter.title)}</span>
                <span className="chapter-pieces">
                  {chapter.pieces
                    .map(({ pieceId }) => pieces.find(({ id }) => id === pieceId)?.name ?? '')
                    .join(', ')}
                </span>
                <Icon name="next" />
              </Button>
            </li>
          ))}
        </ol>
      </div>
    </main>
  );
}
