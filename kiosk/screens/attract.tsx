import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useKiosk, useSay, useSend, useStories, useWords } from '../app/kiosk-context.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';

/** The resting screen: the Maison's name, the title of the story it tells now, the piece turning behind. The camera is closed. */
export function Attract(): ReactNode {
  const { catalogue } = useKiosk().collection;
  const say = useSay();
  const words = useWords();
  const send = useSend();
  const [story] = useStories();
  return (
    <main className="screen attract">
      <Button className="attract-touch" onPress={() => send({ type: 'approach' })}>
        <span className="wordmark">{catalogue.maisonName}</span>
        {story && <span className="attract-title">{words(story.title)}</span>}
        <span className="attract-hint">{say('attract.touch')}</span>
      </Button>
      <div className="attract-languages">
        <LanguageChoice />
      </div>
    </main>
  );
}
