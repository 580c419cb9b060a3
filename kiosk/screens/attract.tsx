import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useKiosk, useSay, useSend, useWords } from '../app/kiosk-context.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';

/** The resting screen: the Maison's name, a line of its story, the piece turning behind. The camera is closed. */
export function Attract(): ReactNode {
  const { catalogue } = useKiosk().collection;
  const say = useSay();
  const words = useWords();
  const send = useSend();
  const title = words(catalogue.story.title);
  return (
    <main className="screen attract">
      <Button className="attract-touch" onPress={() => send({ type: 'approach' })}>
        <span className="wordmark">{catalogue.maisonName}</span>
        <span className="attract-title">{title}</span>
        <span className="attract-hint">{say('attract.touch')}</span>
      </Button>
      <div className="attract-languages">
        <LanguageChoice />
      </div>
    </main>
  );
}
