import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { claimAddress } from '../../sdk/session/address-fragment.ts';
import { timeOfDay } from '../../sdk/session/spoken-time.ts';
import {
  useKiosk,
  useLink,
  useLocale,
  useSay,
  useSend,
  useVisit,
  useVisitSnapshot,
} from '../app/kiosk-context.tsx';
import { callStepOf } from '../app/screen.ts';
import { QrMark } from '../parts/qr-mark.tsx';
import { MatchScreen } from './match.tsx';

/** The call for an advisor, from the first ring to the two digits. */
export function Calling(): ReactNode {
  const step = callStepOf(useVisitSnapshot());
  const { offer, callProblem } = useVisit();
  const say = useSay();
  switch (step) {
    case 'claimed':
    case 'confirming':
    case 'arriving':
      return <MatchScreen waiting={step !== 'claimed'} />;
    case 'declined':
      return <CallAgain title={say('call.declined')} words={say('call.declined.words')} />;
    case 'unreachable':
      return callProblem?.kind === 'refused' ? (
        <CallAgain title={say('call.refused')} words={say('call.refused.words')} />
      ) : (
        <CallAgain title={say('call.offline')} words={say('call.offline.words')} />
      );
    case 'opening':
    case 'offering':
    case null:
      return offer ? <OfferScreen /> : <Ringing />;
  }
}

function Ringing(): ReactNode {
  const say = useSay();
  return (
    <main className="screen page call-page" aria-busy="true">
      <div className="page-head" role="status">
        <h1>{say('call.opening')}</h1>
        <p className="lead">{say('call.opening.words')}</p>
      </div>
      <span className="progress" aria-hidden="true" />
    </main>
  );
}

function OfferScreen(): ReactNode {
  const { publicUrl, times, collection } = useKiosk();
  const { identity } = useLink();
  const { offer } = useVisit();
  const locale = useLocale();
  const say = useSay();
  if (!offer) return null;
  const groups = [offer.code.slice(0, 4), offer.code.slice(4)];
  const renewedAtMs = offer.expiresAtMs - times.rotateBeforeMs;
  return (
    <main className="screen page call-page">
      <div className="page-head" role="status">
        <h1>{say('call.offering')}</h1>
        <p className="lead">{say('call.offering.words')}</p>
        <p className="offer-told">{say('call.told')}</p>
      </div>
      <div className="offer">
        <QrMark
          text={claimAddress(publicUrl, collection.catalogue.maisonId, offer.secret)}
          label={say('call.qr')}
        />
        <div className="offer-code">
          <p className="eyebrow" aria-hidden="true">
            {say('call.code')}
          </p>
          <p className="code">
            <span className="visually-hidden">
              {say('call.code.spoken', { letters: Array.from(offer.code).join(' ') })}
            </span>
            <span aria-hidden="true">{groups.join('–')}</span>
          </p>
          <p className="offer-renewed">
            {say('call.renewed', { time: timeOfDay(renewedAtMs, locale, identity?.store.timeZone ?? 'UTC') })}
          </p>
        </div>
      </div>
    </main>
  );
}

function CallAgain({ title, words }: { title: string; words: string }): ReactNode {
  const say = useSay();
  const send = useSend();
  return (
    <main className="screen page call-page">
      <div className="page-head" role="status">
        <h1>{title}</h1>
        <p className="lead">{words}</p>
      </div>
      <div className="actions">
        <Button className="primary" onPress={() => send({ type: 'call-again' })}>
          {say('call.again')}
        </Button>
      </div>
    </main>
  );
}
