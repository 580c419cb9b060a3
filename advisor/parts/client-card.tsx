import { useState } from 'react';
import {
  Button,
  Dialog,
  Form,
  Heading,
  Input,
  Label,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components';
import { readCard } from '../../protocol/client-reference.ts';
import { pieceInFinish } from '../../sdk/session/piece-in-finish.ts';
import { purposeWords } from '../../protocol/client-words.ts';
import type { ClientContext } from '../../protocol/client-context.ts';
import { factWords, reasonWords } from '../../sdk/session/client-fact-words.ts';
import { dayWithYear } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';
import { ClientWaits } from './client-waits.tsx';
import { ScanCode } from './scan-code.tsx';
import { refusalWords } from '../language/refusal-words.ts';

/** What the client has let be known, each fact with why it is here; nothing of who has not asked to be known. */
export function ClientCard() {
  const { client, voice } = useTablet();
  const { say } = voice;
  const { known, erasure, offered, refused } = client;
  if (!offered && !known && !erasure) return null;
  return (
    <section aria-labelledby="client-title" className="list client-card">
      <h2 id="client-title" className="label">
        {say('client.title')}
      </h2>
      {known ? <Known known={known} /> : offered && <Unknown />}
      {erasure && !known && (
        <p className="help" role="status">
          {say(`client.erasure.${erasure.state}`)}
        </p>
      )}
      <div role="alert" className="notice-place">
        {refused && <p className="notice">{refusalWords('client', refused.error, voice)}</p>}
      </div>
    </section>
  );
}

function Known({ known }: { readonly known: ClientContext }) {
  const { clients, collection, voice } = useTablet();
  const { say, locale, timeZone } = voice;
  const pieceName = (sku: string) => pieceInFinish(collection.catalogue, sku, locale);
  const spoken = { locale, timeZone, advisors: known.advisors, pieceName };
  return (
    <>
      <dl className="client-facts">
        {known.facts.map((told) => {
          const words = factWords(told.fact, spoken);
          return (
            <div key={JSON.stringify(told.fact)}>
              <dt>{words.about}</dt>
              <dd>
                {words.known}
                <span className="client-why">{reasonWords(told, spoken)}</span>
              </dd>
            </div>
          );
        })}
      </dl>
      {known.facts.length === 0 && <p>{say('client.no-facts')}</p>}
      <ul className="client-grants">
        {known.grants.map(({ purpose, term, endsAtMs }) => (
          <li key={purpose}>
            <span>
              {purposeWords[purpose].title[locale]},{' '}
              {say(`client.term.${term}`, {
                day: dayWithYear(endsAtMs, locale, timeZone),
              })}
            </span>
            <Button
              className="quiet"
              aria-label={say('client.stop.label', { purpose: purposeWords[purpose].title[locale] })}
              onPress={() => void clients.withdraw(purpose)}
            >
              {say('client.stop')}
            </Button>
          </li>
        ))}
      </ul>
      <p className="help">{say('client.known.help')}</p>
      <Forget />
    </>
  );
}

/** The client's wish, said to the advisor: it reaches the house's own files and cannot be undone, so it is asked once more. */
function Forget() {
  const { clients, client, voice } = useTablet();
  const { say } = voice;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        className="secondary small"
        isDisabled={client.busy === 'erase'}
        onPress={() => setAsking(true)}
      >
        {say('client.erase')}
      </Button>
      <ModalOverlay className="veil" isOpen={asking} onOpenChange={setAsking} isDismissable>
        <Modal className="sheet sheet-small">
          <Dialog role="alertdialog" className="question">
            <Heading slot="title">{say('client.erase.title')}</Heading>
            <p>{say('client.erase.words')}</p>
            <Button
              className="primary"
              onPress={() => {
                setAsking(false);
                void clients.erase();
              }}
            >
              {say('client.erase.yes')}
            </Button>
            <Button className="secondary" onPress={() => setAsking(false)}>
              {say('client.erase.no')}
            </Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function Unknown() {
  const { clients, client, live, rehearses, voice } = useTablet();
  const { say } = voice;
  const [card, setCard] = useState('');
  const askFor = (text: string): boolean => {
    const value = readCard(text);
    setCard('');
    void clients.ask(value === null ? null : { kind: 'loyalty-card', value });
    return value !== null;
  };
  return (
    <>
      <p>{say('client.unknown')}</p>
      <Form
        className="client-ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (live) askFor(card);
        }}
      >
        {/* A simulated client hands nothing over. */}
        {!rehearses && (
          <TextField className="field" value={card} onChange={setCard} autoComplete="off" maxLength={128}>
            <Label className="help">{say('client.card')}</Label>
            <Input autoCapitalize="characters" spellCheck={false} />
          </TextField>
        )}
        <div className="client-ways">
          {!rehearses && <ScanCode kind="card" isDisabled={!live || client.busy !== null} onText={askFor} />}
          <Button className="secondary small" type="submit" isDisabled={!live || client.busy !== null}>
            {say('client.ask')}
          </Button>
        </div>
      </Form>
      <ClientWaits />
    </>
  );
}
