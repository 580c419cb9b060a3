import type { ReactNode } from 'react';
import { useKiosk, useStories, useVisit } from '../app/kiosk-context.tsx';
import { ProposedLookCard, TogetherBanner } from '../parts/together-banner.tsx';
import { StoryChapter } from '../parts/story-chapter.tsx';
import { StoryContents } from '../parts/story-contents.tsx';
import { StoryCovers } from '../parts/story-covers.tsx';

/** The stories: which one, then its first page, which names the chapters, then one chapter at a time with its few pieces. */
export function Discover(): ReactNode {
  const stories = useStories();
  const { catalogue } = useKiosk().collection;
  const { storyId, chapter: number, session } = useVisit();
  // An advisor may open any story of the house, also one that is told at another time of the year.
  const story = (session ? catalogue.stories : stories).find(({ id }) => id === storyId);
  if (!story) return <StoryCovers stories={stories} />;
  const chapter = story.chapters[number - 1];
  return (
    <>
      {session && (
        <aside className="together together-told">
          <TogetherBanner />
          <ProposedLookCard />
        </aside>
      )}
      {chapter ? (
        <StoryChapter key={chapter.id} story={story} chapter={chapter} number={number} />
      ) : (
        <StoryContents story={story} />
      )}
    </>
  );
}
