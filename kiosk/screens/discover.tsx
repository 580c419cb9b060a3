import type { ReactNode } from 'react';
import { useStories, useVisit } from '../app/kiosk-context.tsx';
import { StoryChapter } from '../parts/story-chapter.tsx';
import { StoryContents } from '../parts/story-contents.tsx';
import { StoryCovers } from '../parts/story-covers.tsx';

/** The stories: which one, then its first page, which names the chapters, then one chapter at a time with its few pieces. */
export function Discover(): ReactNode {
  const stories = useStories();
  const { storyId, chapter: number } = useVisit();
  const story = stories.find(({ id }) => id === storyId);
  if (!story) return <StoryCovers stories={stories} />;
  const chapter = story.chapters[number - 1];
  return chapter ? (
    <StoryChapter key={chapter.id} story={story} chapter={chapter} number={number} />
  ) : (
    <StoryContents story={story} />
  );
}
