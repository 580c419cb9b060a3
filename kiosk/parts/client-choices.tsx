import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import {
  clientPurposes,
  firstTermOf,
  termsOf,
  type ClientAsked,
  type ClientPurpose,
  type ClientTerm,
} from '../../protocol/client-context.ts';
import { readCard } from '../../protocol/client-reference.ts';
import { consentTextVersion, purposeWords, termWords } from '../../protocol/client-words.ts';
import type { WireError } from '../../protocol/errors.ts';
import { phoneAddress } from '../../sdk/session/address-fragment.ts';
import { useClient, useKiosk, useLocale, useNow, useSay } from '../app/kiosk-context.tsx';
import type { MessageId } from '../language/en.ts';
import { CardKeys } from './card-keys.tsx';
import { Icon } from './icon.tsx';
import { QrMark } from './qr-mark.tsx';

type Chosen = Partial<Record<ClientPurpose, ClientTerm>>;

const refusals: Partial<Record<WireError['code'], MessageId>> = {
  'client-unknown': 'known.why.unknown',
  'code-locked': 'known.why.locked',
  'oms-unavailable': 'known.why.away',
  unreachable: 'known.why.away',
  conflict: 'known.why.conflict',
};

/**
 * The purposes one by one, none of them chosen before the client touches it, and their card: from the advisor's hand, typed, or read by a
 * scanner, which types. No is as near and as large as yes.
 */
export function ClientChoices({
  asked,
  offered,
  isKnown,
  onYes,
  onNo,
}: {
  asked: ClientAsked | null;
  /** What there is to say yes to. */
  offered: readonly ClientPurpose[];
  /** Whether the visit knows them already: their card is not asked for again. */
  isKnown: boolean;
  /** The sheet stays, and shows what is known then. */
  onYes: () => void;
  onNo: () => void;
}): ReactNode {
  const { clients } = useKiosk();
  const client = useClient();
  const locale = useLocale();
  const say = useSay();
  const [chosen, setChosen] = useState<Chosen>({});
  const given = asked?.reference ?? null;
  const [typed, setTyped] = useState('');
  const card = readCard(typed);
  const reference = given ?? (card === null ? null : { kind: 'loyalty-card' as const, value: card });
  const choices = clientPurposes.flatMap((purpose) => {
    const term = chosen[purpose];
    return term === undefined ? [] : [{ purpose, term }];
  });
  const ready = (isKnown || reference !== null) && choices.length > 0 && client.busy === null;
  const sayYes = (): void => {
    if (!ready) return;
    onYes();
    void clients.consent({
      reference: isKnown ? null : reference,
      choices,
      textVersion: consentTextVersion,
      locale,
    });
  };
  if (client.invitation) return <PhoneMark />;
  return (
    <>
      <p className="lead">{say('known.choose.words')}</p>
      <ul className="known-choices">
        {offered.map((purpose) => (
          <li key={purpose}>
            <ToggleButton
              className="known-choice"
              isSelected={chosen[purpose] !== undefined}
              onChange={(on) => {
                const { [purpose]: _, ...others } = chosen;
                setChosen(on ? { ...others, [purpose]: firstTermOf(purpose) } : others);
              }}
            >
              <span className="known-mark" aria-hidden="true">
                {chosen[purpose] !== undefined && <Icon name="check" />}
              </span>
              <span>
                <strong>{purposeWords[purpose].title[locale]}</strong>
                <span className="known-scope">
                  {purposeWords[purpose].words[locale]}
                  {onlyTermOf(purpose) === 'month' && ` ${termWords.month[locale]}.`}
                </span>
              </span>
            </ToggleButton>
            {chosen[purpose] !== undefined && termsOf[purpose].length > 1 && (
              <div className="known-terms" role="group" aria-label={say('known.terms')}>
                {termsOf[purpose].map((term) => (
                  <ToggleButton
                    key={term}
                    className="variant"
                    isSelected={chosen[purpose] === term}
                    onChange={() => setChosen({ ...chosen, [purpose]: term })}
                  >
                    {termWords[term][locale]}
                  </ToggleButton>
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
      {isKnown ? null : given ? (
        <p>{say('known.card.given', { end: given.value.slice(-4) })}</p>
      ) : (
        <form
          className="known-card"
          onSubmit={(event) => {
            // A scanner ends with Enter: it fills the card in, and says yes to nothing.
            event.preventDefault();
          }}
        >
          <TextField value={typed} onChange={setTyped} autoComplete="off" maxLength={128}>
            <Label className="eyebrow">{say('known.card')}</Label>
            <Input className="code-input" autoCapitalize="characters" spellCheck="false" />
          </TextField>
          <CardKeys
            onKey={(key) => setTyped(typed + key)}
            onDelete={() => setTyped(typed.slice(0, -1))}
            deleteLabel={say('known.card.delete')}
            label={say('known.card.keys')}
          />
        </form>
      )}
      <p className="field-error" role="alert">
        {client.refused && say(refusals[client.refused.error.code] ?? 'known.why.other')}
      </p>
      <div className="actions">
        <Button className="secondary" isDisabled={!ready} onPress={sayYes}>
          {say('known.yes', { count: choices.length })}
        </Button>
        <Button className="secondary" onPress={onNo}>
          {say('known.no')}
        </Button>
      </div>
      {!isKnown && (
        <Button className="quiet known-phone" onPress={() => void clients.invite()}>
          {say('known.phone')}
        </Button>
      )}
    </>
  );
}

/** The term of a purpose that has one only. */
function onlyTermOf(purpose: ClientPurpose): ClientTerm | null {
  const terms = termsOf[purpose];
  return terms.length === 1 ? firstTermOf(purpose) : null;
}

/** The mark that the client's own phone reads. */
function PhoneMark(): ReactNode {
  const { clients, publicUrl } = useKiosk();
  const { invitation } = useClient();
  const nowMs = useNow(1_000);
  const say = useSay();
  if (!invitation) return null;
  const isOver = invitation.expiresAtMs <= nowMs;
  return (
    <>
      <p className="lead">{say(isOver ? 'known.phone.over' : 'known.phone.words')}</p>
      {!isOver && (
        <QrMark text={phoneAddress(publicUrl, invitation.secret)} label={say('known.phone.mark')} />
      )}
      <div className="actions">
        {isOver && (
          <Button className="secondary" onPress={() => void clients.invite()}>
            {say('known.phone.again')}
          </Button>
        )}
        <Button className="secondary" onPress={() => clients.endInvitation()}>
          {say('dock.back')}
        </Button>
      </div>
    </>
  );
}
