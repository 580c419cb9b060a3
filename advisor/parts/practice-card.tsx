import { Button } from 'react-aria-components';
import { scenarioIds, type ScenarioId } from '../practice/scenarios.ts';
import { useTablet } from '../app/tablet.ts';

/** The rehearsals that an advisor may begin while nobody calls. */
export function PracticeCard({ onBegin }: { readonly onBegin: (scenarioId: ScenarioId) => void }) {
  const { line, voice } = useTablet();
  const { say } = voice;
  const waits = line.calls.length > 0;
  return (
    <section className="list board-practice" aria-labelledby="practice-title">
      <h2 id="practice-title">{say('practice.card')}</h2>
      <p className="help">{say(waits ? 'practice.card.waits' : 'practice.card.words')}</p>
      <div className="practice-choices">
        {scenarioIds.map((id) => (
          <Button key={id} className="secondary small" isDisabled={waits} onPress={() => onBegin(id)}>
            {say(`practice.${id}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
