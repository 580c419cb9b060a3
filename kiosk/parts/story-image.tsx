import type { ReactNode } from 'react';
import type { StoryPicture } from '../../protocol/story.ts';
import { useKiosk, useWords } from '../app/kiosk-context.tsx';

/** A picture of a story, from edge to edge of its place. It melts into the page where words come over it. */
export function StoryImage({
  picture,
  spoken = true,
}: {
  picture: StoryPicture;
  spoken?: boolean;
}): ReactNode {
  const { baseUrl } = useKiosk().collection;
  const words = useWords();
  return (
    <img
      className="story-image"
      src={`${baseUrl}${picture.path}`}
      alt={spoken ? words(picture.alt) : ''}
      draggable={false}
      decoding="async"
    />
  );
}
