import { useTablet } from '../app/tablet.ts';

/** First contact is being made. */
export function OpeningScreen() {
  const { collection, line, voice } = useTablet();
  return (
    <main className="screen opening">
      <h1 className="opening-house">{line.identity?.maisonName ?? collection.catalogue.maisonName}</h1>
      <p className="lead" aria-live="polite">
        {voice.say('opening.words')}
      </p>
    </main>
  );
}
