import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { ClientContext } from '../../protocol/client-context.ts';
import { purposeWords } from '../../protocol/client-words.ts';
import { factWords, reasonWords } from '../../sdk/session/client-fact-words.ts';
import { pieceInFinish } from '../../sdk/session/piece-in-finish.ts';
import { dayWithYear } from '../../sdk/session/spoken-time.ts';
import { useClient, useKiosk, useLink, useLocale, useSay, useVisit } from '../app/kiosk-context.tsx';

/** What the boutique now knows, each fact with why; every purpose can be stopped, and everything forgotten in one touch. */
export function KnownFacts({
  known,
  onMore,
  onClose,
}: {
  known: ClientContext;
  /** Where there is more that they may say yes to. */
  onMore: (() => void) | null;
  onClose: () => void;
}): ReactNode {
  const { clients, collection } = useKiosk();
  const { busy } = useClient();
  const { session } = useVisit();
  const timeZone = useLink().identity?.store.timeZone ?? 'UTC';
  const locale = useLocale();
  const say = useSay();
  const pieceName = (sku: string) => pieceInFinish(collection.catalogue, sku, locale);
  const voice = { locale, timeZone, advisors: known.advisors, pieceName };
  return (
    <>
      <p className="lead">{say('known.words', { name: session?.advisor.name ?? '' })}</p>
      <div className="known-purposes">
        {known.grants.map(({ purpose, term, endsAtMs }) => (
          <section key={purpose} aria-labelledby={`known-${purpose}`}>
            <div className="known-purpose">
              <h3 id={`known-${purpose}`}>{purposeWords[purpose].title[locale]}</h3>
              <span>
                {say(`known.term.${term}`, {
                  day: dayWithYear(endsAtMs, locale, timeZone),
                })}
              </span>
              <Button
                className="quiet"
                aria-label={say('known.stop.label', { purpose: purposeWords[purpose].title[locale] })}
                onPress={() => void clients.withdraw(purpose)}
              >
                {say('known.stop')}
              </Button>
            </div>
            <dl className="known-facts">
              {known.facts
                .filter((told) => told.purpose === purpose)
                .map((told) => {
                  const words = factWords(told.fact, voice);
                  return (
                    <div key={JSON.stringify(told.fact)}>
                      <dt>{words.about}</dt>
                      <dd>
                        {words.known}
                        <span className="known-why">{reasonWords(told, voice)}</span>
                      </dd>
                    </div>
                  );
                })}
            </dl>
          </section>
        ))}
      </div>
      {onMore && (
        <Button className="quiet known-phone" onPress={onMore}>
          {say('known.more')}
        </Button>
      )}
      <div className="actions">
        <Button
          className="secondary"
          isDisabled={busy === 'erase'}
          onPress={() => {
            void clients.erase();
            onClose();
          }}
        >
          {say('known.forget')}
        </Button>
        <Button className="secondary" onPress={onClose}>
          {say('known.close')}
        </Button>
      </div>
    </>
  );
}
