import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Call } from '../../protocol/handoff.ts';
import { findWorn } from '../../protocol/product.ts';
import { countdown, timeOfDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';
import { Swatch } from './swatch.tsx';
import { RefusalNotice } from './notice.tsx';

/** The mirrors that call: since when, in which language, with what on, and who is going. */
export function Calls() {
  const { line, known, voice } = useTablet();
  const { say } = voice;
  const { name, refusal } = known.action;
  if (line.calls.length === 0)
    return (
      <div className="calls-none">
        <p className="calls-quiet">{say('board.quiet')}</p>
        <p>{say('board.quiet.words')}</p>
      </div>
    );
  return (
    <>
      <ul className="calls" aria-live="polite">
        {line.calls.map((call) => (
          <OneCall key={call.callId} call={call} />
        ))}
      </ul>
      <RefusalNotice attempt="call" refusal={name === 'go' ? refusal : null} />
    </>
  );
}

function OneCall({ call }: { readonly call: Call }) {
  const { line, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const going = call.going && call.going.untilMs > nowMs ? call.going : null;
  const isMine = going?.advisor.id === line.advisor?.id;
  return (
    <li
      className="call"
      data-claimed={call.claimedBy !== null || (going !== null && !isMine) || undefined}
      data-mine={(going !== null && isMine) || undefined}
    >
      <span className="call-kiosk">{call.kioskName}</span>
      <span className="call-words">
        {say('board.calling', { time: timeOfDay(call.sinceMs, locale, timeZone) })}
      </span>
      <span className="call-for">
        {say('board.calling.for', { minutes: Math.max(0, Math.floor((nowMs - call.sinceMs) / 60_000)) })}
      </span>
      <CallFacts call={call} />
      {call.claimedBy ? (
        <span className="call-who">{say('board.claimed', { name: call.claimedBy.name })}</span>
      ) : (
        <Going call={call} going={going} isMine={isMine} />
      )}
    </li>
  );
}

/** The language in which to come, said in the advisor's own, and what the mirror shows. */
function CallFacts({ call }: { readonly call: Call }) {
  const { collection, voice } = useTablet();
  const { say, locale } = voice;
  const found = call.worn && findWorn(collection.catalogue, call.worn);
  const language = call.locale && new Intl.DisplayNames(locale, { type: 'language' }).of(call.locale);
  if (!found && !language) return null;
  return (
    <span className="call-facts">
      {language && <span className="call-language">{say('board.call.language', { language })}</span>}
      {found && (
        <span className="call-worn">
          <Swatch variant={found.variant} />
          {say('board.call.worn', { piece: found.piece.name, variant: found.variant.name[locale] })}
        </span>
      )}
    </span>
  );
}

function Going({
  call,
  going,
  isMine,
}: {
  readonly call: Call;
  readonly going: Call['going'];
  readonly isMine: boolean;
}) {
  const { desk, known, live, rehearses, voice } = useTablet();
  const { say, nowMs } = voice;
  const disabled = !live || known.action.busy;
  if (going && !isMine)
    return (
      <span className="call-who">
        {say('board.going.other', { name: going.advisor.name, left: countdown(going.untilMs, nowMs).text })}
      </span>
    );
  return (
    <span className="call-ways">
      {going ? (
        <>
          <span className="call-who">
            {going.passedBy
              ? say('board.going.passed', { name: going.passedBy.name })
              : say('board.going.me', { left: countdown(going.untilMs, nowMs).text })}
          </span>
          <Button
            className="quiet"
            isDisabled={disabled}
            aria-label={say('board.leave.label', { kiosk: call.kioskName })}
            onPress={() => void desk.leaveCall(call.callId)}
          >
            {say('board.leave')}
          </Button>
        </>
      ) : (
        <Button
          className="secondary small"
          isDisabled={disabled}
          aria-label={say('board.go.label', { kiosk: call.kioskName })}
          onPress={() => void desk.go(call.callId)}
        >
          {say('board.go')}
        </Button>
      )}
      {/* Nobody else is asked for a rehearsal. */}
      {!rehearses && <PassOn call={call} isDisabled={disabled} />}
    </span>
  );
}

/** Asks a colleague to go, of those who are signed in on a tablet here. */
function PassOn({ call, isDisabled }: { readonly call: Call; readonly isDisabled: boolean }) {
  const { desk, known, line, voice } = useTablet();
  const { say, locale } = voice;
  const [open, setOpen] = useState(false);
  const advisors = typeof known.advisors === 'string' ? [] : known.advisors;
  const colleagues = advisors.filter(({ id }) => id !== line.advisor?.id && known.present.includes(id));
  return (
    <>
      <Button
        className="quiet"
        isDisabled={isDisabled}
        aria-label={say('board.pass.label', { kiosk: call.kioskName })}
        onPress={() => {
          void desk.readAdvisors();
          setOpen(true);
        }}
      >
        {say('board.pass')}
      </Button>
      <ModalOverlay className="veil" isOpen={open} onOpenChange={setOpen} isDismissable>
        <Modal className="sheet sheet-small">
          <Dialog className="question">
            <Heading slot="title">{say('board.pass.title', { kiosk: call.kioskName })}</Heading>
            <p>{say(colleagues.length > 0 ? 'board.pass.words' : 'board.pass.nobody')}</p>
            {colleagues.map((colleague) => (
              <Button
                key={colleague.id}
                className="secondary colleague"
                onPress={() => {
                  setOpen(false);
                  void desk.passCall(call.callId, colleague.id);
                }}
              >
                <span>{colleague.name}</span>
                <span className="colleague-speaks">
                  {colleague.languages
                    .map((one) => new Intl.DisplayNames(locale, { type: 'language' }).of(one) ?? one)
                    .join(', ')}
                </span>
              </Button>
            ))}
            <Button className="quiet" onPress={() => setOpen(false)}>
              {say('picker.close')}
            </Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
