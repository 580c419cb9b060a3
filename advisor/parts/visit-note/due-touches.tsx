import { Input, Label, TextField } from 'react-aria-components';
import { useTablet } from '../../app/tablet.ts';
import { dueTouches, type DueTouch, type NoteDays } from './note-draft.ts';
import { Touches } from './touches.tsx';

/** By when: one touch, or a day of the calendar. */
export function DueTouches({
  label,
  due,
  otherDay,
  days,
  onChange,
}: {
  readonly label: string;
  /** Null where nothing was touched yet. */
  readonly due: DueTouch | null;
  readonly otherDay: string | null;
  readonly days: NoteDays;
  readonly onChange: (chosen: { readonly due: DueTouch; readonly otherDay: string | null }) => void;
}) {
  const { say } = useTablet().voice;
  return (
    <>
      <Touches
        label={label}
        values={dueTouches}
        value={due}
        words={(one) => say(`note.due.${one}`)}
        onChange={(touched) => onChange({ due: touched, otherDay })}
      />
      {due === 'other' && (
        <DayField day={otherDay} days={days} onChange={(day) => onChange({ due: 'other', otherDay: day })} />
      )}
    </>
  );
}

/** A day of the calendar between two others. */
export function DayField({
  day,
  days,
  onChange,
}: {
  readonly day: string | null;
  readonly days: NoteDays;
  readonly onChange: (day: string | null) => void;
}) {
  const { say } = useTablet().voice;
  return (
    <TextField
      className="field note-day"
      type="date"
      value={day ?? ''}
      onChange={(typed) => onChange(typed === '' ? null : typed)}
    >
      <Label className="unseen">{say('note.due.other')}</Label>
      <Input min={days.today} max={days.last} />
    </TextField>
  );
}
