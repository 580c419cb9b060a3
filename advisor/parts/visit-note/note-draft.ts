import { dayAfter } from '../../../protocol/boutique.ts';
import { lineFault, type LineFault } from '../../../protocol/note-line.ts';
import type { SaleReading } from '../../../protocol/sale.ts';
import type { SessionState } from '../../../protocol/session.ts';
import type { NextStepKind, VisitDecision, VisitNote, VisitOccasion } from '../../../protocol/visit-note.ts';

/** When the next step is due, as one touch says it. */
export const dueTouches = ['tomorrow', 'three-days', 'week', 'month', 'other'] as const;
export type DueTouch = (typeof dueTouches)[number];

const daysOf: Readonly<Record<Exclude<DueTouch, 'other'>, number>> = {
  tomorrow: 1,
  'three-days': 3,
  week: 7,
  month: 30,
};

/** A note as far as it has been touched. */
export interface NoteDraft {
  readonly occasion: VisitOccasion | null;
  readonly decision: VisitDecision | null;
  readonly step: NextStepKind | 'nothing' | null;
  readonly due: DueTouch;
  /** The day that was chosen by `other`. */
  readonly otherDay: string | null;
  readonly sku: string | null;
  readonly line: string;
}

/** The days between which a next step may lie, by the boutique's calendar. */
export interface NoteDays {
  readonly today: string;
  /** The last day of the client's yes. */
  readonly last: string;
}

/** The day of a touch; null where another day is yet to be chosen. Nothing lies after the end of the client's yes. */
export function dayOf(due: DueTouch, otherDay: string | null, { today, last }: NoteDays): string | null {
  if (due === 'other') return otherDay !== null && otherDay >= today && otherDay <= last ? otherDay : null;
  const day = dayAfter(today, daysOf[due]);
  return day > last ? last : day;
}

/** The note, if it is whole; null while something is to be touched, or where the line may not be written. */
export function noteOf(draft: NoteDraft, days: NoteDays): VisitNote | null {
  const { occasion, decision, step, sku } = draft;
  if (occasion === null || decision === null || step === null) return null;
  if (step === 'nothing') return { occasion, decision, next: null };
  const dueOn = dayOf(draft.due, draft.otherDay, days);
  const line = draft.line.trim();
  if (dueOn === null || lineFault(line) !== null) return null;
  return { occasion, decision, next: { step, dueOn, sku, line: line === '' ? null : line } };
}

/** Why the line may not be written as it stands. */
export function lineFaultOf({ line }: NoteDraft): LineFault | null {
  return lineFault(line.trim());
}

/** What the visit itself tells about what was decided; null where it tells nothing. */
export function decidedIn(
  { holds }: Pick<SessionState, 'holds'>,
  sale: Pick<SaleReading, 'order' | 'appointments' | 'collections'> | null,
): VisitDecision | null {
  if (sale?.order?.state === 'placed') return 'ordered';
  if (sale && sale.appointments.length > 0) return 'appointment';
  const isKept = holds.length > 0 || sale?.collections.some(({ state }) => state === 'waiting');
  return isKept ? 'held' : null;
}

/** The pieces that a next step may be about: what is held, kept and worn, each once. */
export function piecesOf(
  { holds, kept }: Pick<SessionState, 'holds' | 'kept'>,
  worn: string | null,
): readonly string[] {
  return [...new Set([...holds.map(({ sku }) => sku), ...kept, ...(worn === null ? [] : [worn])])].slice(
    0,
    6,
  );
}
