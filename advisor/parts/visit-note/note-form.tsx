import { useState } from 'react';
import { Button, FieldError, Input, Label, TextField } from 'react-aria-components';
import { dayIn } from '../../../protocol/boutique.ts';
import type { ClientGrant } from '../../../protocol/client-context.ts';
import { findBySku, findWorn } from '../../../protocol/product.ts';
import type { SessionState } from '../../../protocol/session.ts';
import {
  nextStepKinds,
  noteLineMost,
  visitDecisions,
  type VisitOccasion,
} from '../../../protocol/visit-note.ts';
import { dayWords, decisionWords, occasionWords, stepWords } from '../../../sdk/session/visit-note-words.ts';
import { useTablet } from '../../app/tablet.ts';
import { RefusalNotice } from '../notice.tsx';
import { DueTouches } from './due-touches.tsx';
import { dayOf, decidedIn, lineFaultOf, noteOf, piecesOf, type NoteDraft } from './note-draft.ts';
import { Touches } from './touches.tsx';

const steps = [...nextStepKinds, 'nothing'] as const;

/** Three touches and a line, and the visit is closed. */
export function NoteForm({
  session,
  occasions,
  grant,
  onStay,
}: {
  readonly session: SessionState;
  readonly occasions: readonly VisitOccasion[];
  /** The client's yes to being remembered. */
  readonly grant: ClientGrant;
  readonly onStay: () => void;
}) {
  const { desk, known, sale, collection, line, live, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const zone = line.identity?.store.timeZone ?? timeZone;
  const days = { today: dayIn(nowMs, zone), last: dayIn(grant.endsAtMs, zone) };
  const worn = session.worn && (findWorn(collection.catalogue, session.worn)?.variant.sku ?? null);
  const pieces = piecesOf(session, worn);
  const [draft, setDraft] = useState<NoteDraft>({
    occasion: null,
    decision: decidedIn(session, sale.reading),
    step: null,
    due: 'week',
    otherDay: null,
    sku: pieces[0] ?? null,
    line: '',
  });
  const change = (changes: Partial<NoteDraft>): void => setDraft({ ...draft, ...changes });
  const note = noteOf(draft, days);
  const fault = lineFaultOf(draft);
  const due = dayOf(draft.due, draft.otherDay, days);
  const promises = draft.step !== null && draft.step !== 'nothing';
  const nameOf = (sku: string): string => findBySku(collection.catalogue, sku)?.piece.name ?? sku;
  return (
    <>
      <div className="note-questions">
        <Touches
          label={say('note.occasion')}
          values={occasions}
          value={draft.occasion}
          words={(one) => occasionWords[one][locale]}
          onChange={(occasion) => change({ occasion })}
        />
        <Touches
          label={say('note.decision')}
          values={visitDecisions}
          value={draft.decision}
          words={(one) => decisionWords[one][locale]}
          onChange={(decision) => change({ decision })}
        />
        <Touches
          label={say('note.step')}
          values={steps}
          value={draft.step}
          words={(one) => (one === 'nothing' ? say('note.step.nothing') : stepWords[one][locale])}
          onChange={(step) => change({ step })}
        />
        {promises && (
          <div className="note-next">
            <DueTouches
              label={say('note.due')}
              due={draft.due}
              otherDay={draft.otherDay}
              days={days}
              onChange={change}
            />
            <p className="help" role="status">
              {due === null
                ? say('note.due.choose', { last: dayWords(days.last, locale) })
                : dayWords(due, locale)}
            </p>
            {pieces.length > 0 && (
              <Touches
                label={say('note.piece')}
                values={[...pieces, 'none']}
                value={draft.sku ?? 'none'}
                words={(sku) => (sku === 'none' ? say('note.piece.none') : nameOf(sku))}
                onChange={(sku) => change({ sku: sku === 'none' ? null : sku })}
              />
            )}
            <TextField
              className="field note-line"
              value={draft.line}
              onChange={(typed) => change({ line: typed })}
              maxLength={noteLineMost}
              isInvalid={fault !== null}
              autoComplete="off"
            >
              <Label className="label">{say('note.line')}</Label>
              <Input placeholder={say('note.line.example')} />
              <span className="help">
                {say('note.line.help', { left: noteLineMost - draft.line.length })}
              </span>
              <FieldError className="notice">
                {fault && say(`note.line.${fault.kind}`, { word: fault.word })}
              </FieldError>
            </TextField>
          </div>
        )}
      </div>
      <div className="note-end">
        <RefusalNotice
          attempt="action"
          refusal={known.action.name === 'close' ? known.action.refusal : null}
        />
        <Button
          className="primary"
          isDisabled={note === null || known.action.busy || !live}
          onPress={() => note && void desk.conclude(note)}
        >
          {say('note.close')}
        </Button>
        <div className="note-ways">
          <Button className="quiet" isDisabled={known.action.busy || !live} onPress={() => void desk.close()}>
            {say('note.close.without')}
          </Button>
          <Button className="quiet" onPress={onStay}>
            {say('together.close.no')}
          </Button>
        </div>
      </div>
    </>
  );
}
