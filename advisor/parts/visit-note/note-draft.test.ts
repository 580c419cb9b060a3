import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter } from '../../../protocol/boutique.ts';
import { VisitNote } from '../../../protocol/visit-note.ts';
import { dayOf, decidedIn, dueTouches, noteOf, piecesOf, type NoteDraft } from './note-draft.ts';

const days = { today: '2026-11-28', last: '2026-12-28' };
const whole: NoteDraft = {
  occasion: 'gift',
  decision: 'thinking',
  step: 'call',
  due: 'three-days',
  otherDay: null,
  sku: 'fjord-51.tortoise',
  line: '  When it has come ',
};

describe('a note as it is touched', () => {
  it('is whole with three touches, and needs no line', () => {
    expect(noteOf(whole, days)).toEqual({
      occasion: 'gift',
      decision: 'thinking',
      next: { step: 'call', dueOn: '2026-12-01', sku: 'fjord-51.tortoise', line: 'When it has come' },
    });
    expect(noteOf({ ...whole, line: '' }, days)?.next?.line).toBeNull();
    expect(noteOf({ ...whole, step: 'nothing' }, days)?.next).toBeNull();
    for (const missing of [{ occasion: null }, { decision: null }, { step: null }])
      expect(noteOf({ ...whole, ...missing }, days)).toBeNull();
    expect(noteOf({ ...whole, line: 'Lovely eyes' }, days)).toBeNull();
  });

  it('promises nothing after the end of the client’s yes, and nothing in the past', () => {
    expect(dayOf('month', null, { ...days, last: '2026-12-20' })).toBe('2026-12-20');
    expect(dayOf('other', '2026-12-29', days)).toBeNull();
    expect(dayOf('other', '2026-11-27', days)).toBeNull();
    expect(dayOf('other', null, days)).toBeNull();
    const offset = fc.integer({ min: -40, max: 60 });
    fc.assert(
      fc.property(
        fc.constantFrom(...dueTouches),
        offset,
        fc.integer({ min: 0, max: 30 }),
        (due, other, left) => {
          const span = { ...days, last: dayAfter(days.today, left) };
          const note = noteOf({ ...whole, due, otherDay: dayAfter(days.today, other) }, span);
          if (!note) {
            expect(due).toBe('other');
            return;
          }
          expect(VisitNote.safeParse(note).success).toBe(true);
          expect((note.next?.dueOn ?? '') >= span.today && (note.next?.dueOn ?? '') <= span.last).toBe(true);
        },
      ),
    );
  });

  it('begins with what the visit itself tells', () => {
    const nothing = { order: null, appointments: [], collections: [] };
    expect(decidedIn({ holds: [] }, null)).toBeNull();
    expect(decidedIn({ holds: [] }, nothing)).toBeNull();
    const hold = {
      id: 'hold-0001',
      storeId: 'norde-marais',
      sku: 'fjord-51.tortoise',
      sessionId: 'session-1',
      state: 'active',
      createdAtMs: 1,
      expiresAtMs: 2,
    } as const;
    expect(decidedIn({ holds: [hold] }, nothing)).toBe('held');
    const pieces = piecesOf({ holds: [hold], kept: ['nord-39.blue', hold.sku] }, 'nord-39.blue');
    expect(pieces).toEqual([hold.sku, 'nord-39.blue']);
  });
});
