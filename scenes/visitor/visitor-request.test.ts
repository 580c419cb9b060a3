import { describe, expect, it } from 'vitest';
import { stillHead } from '../../sdk/tracking/head-motion.ts';
import { usualHold } from './card-hold.ts';
import { raisedHand } from './hand-motion.ts';
import { usualPalmHold } from './palm-card.ts';
import { defaultVisitor, visitorRequestOf } from './visitor-request.ts';

describe('a page’s address', () => {
  it('asks for no visitor unless it says so', () => {
    expect(visitorRequestOf('')).toBeNull();
    expect(visitorRequestOf('?camera=on&look=deep')).toBeNull();
  });

  it('names the visitor’s look and motion', () => {
    expect(visitorRequestOf('?camera=visitor')).toEqual(defaultVisitor);
    expect(visitorRequestOf('?camera=visitor&look=deep&motion=still')).toEqual({
      look: 'deep',
      motion: stillHead,
      card: null,
      hand: null,
    });
    const held = visitorRequestOf('?camera=visitor&hand=right-palm&motion=still')?.hand?.(0);
    expect(held).toEqual(raisedHand({ side: 'right', shows: 'palm' }));
    expect(visitorRequestOf('?camera=visitor&card=forehead')?.card).toEqual(usualHold);
    const measured = visitorRequestOf('?camera=visitor&card=palm&hand=right');
    expect(measured?.hand?.(0)).toMatchObject({ side: 'right', shows: 'palm', card: usualPalmHold });
    expect(measured?.card).toBeNull();
  });

  it('gets the usual visitor for names that are not known', () => {
    expect(visitorRequestOf('?camera=visitor&look=constructor&motion=toString&hand=valueOf')).toEqual(
      defaultVisitor,
    );
  });
});
