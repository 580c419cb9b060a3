import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import {
  useKiosk,
  useLink,
  useLocale,
  useNow,
  useSay,
  useSend,
  useStories,
  useWords,
} from '../app/kiosk-context.tsx';
import { openingWords } from '../language/opening-words.ts';
import { BringListButton } from '../parts/bring-list-button.tsx';
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
      <Hours />
      <div className="attract-languages">
        <LanguageChoice />
        <BringListButton />
      </div>
    </main>
  );
}

/** Until when the boutique is open, where the house has said so. */
function Hours(): ReactNode {
  const say = useSay();
  const locale = useLocale();
  const { identity } = useLink();
  const nowMs = useNow(20_000);
  const hours = identity?.boutique?.openingHours;
  if (!identity || !hours) return null;
  const words = openingWords(hours, { say, locale, timeZone: identity.store.timeZone, nowMs });
  return words === null ? null : <p className="attract-hours">{words}</p>;
}
