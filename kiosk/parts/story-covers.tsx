import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Story } from '../../protocol/story.ts';
import { useSay, useSend, useWords } from '../app/kiosk-context.tsx';
import { StoryImage } from './story-image.tsx';

/** The covers of the stories that are told here now: a picture, a title, a mood, nothing else. */
export function StoryCovers({ stories }: { stories: readonly Story[] }): ReactNode {
  const say = useSay();
  const send = useSend();
  const words = useWords();
  return (
    <main className="screen discover covers">
      <h1 className="visually-hidden">{say('discover.choose')}</h1>
      {stories.map((story) => (
        <Button
          key={story.id}
          className="cover"
          onPress={() => send({ type: 'open-story', storyId: story.id })}
        >
          <StoryImage picture={story.cover} spoken={false} />
          <span className="cover-words">
            <span className="cover-title">{words(story.title)}</span>
            <span className="cover-mood">{words(story.mood)}</span>
          </span>
        </Button>
      ))}
    </main>
  );
}
