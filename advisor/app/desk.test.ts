import { expect, it } from 'vitest';
import type { Call } from '../../protocol/handoff.ts';
import type { Catalogue } from '../../protocol/product.ts';
import { TestBench } from '../../sdk/sync/testing.ts';
import { Desk } from './desk.ts';

const advisor = (id: string, name: string) => ({
  id,
  name,
  title: { en: 'Advisor', fr: 'Conseillère' },
  languages: ['fr' as const],
});
const noemie = advisor('noemie-caron', 'Noémie Caron');
const theo = advisor('theo-vasseur', 'Théo Vasseur');

it('knows the colleagues on a tablet that is opened again while its advisor is signed in', async () => {
  const bench = new TestBench();
  const desk = new Desk(bench.link, { pieces: [] } as unknown as Catalogue);
  const stop = desk.start();
  await bench.enrol();
  await bench.welcome({ advisor: noemie });
  bench.socket.answer('advisor.list', { ok: true, value: { advisors: [noemie, theo], present: [theo.id] } });
  await bench.settle();
  expect(desk.state.get()).toMatchObject({ advisors: [noemie, theo], present: [theo.id] });
  stop();
});

it('forgets what was refused once the advisor goes on, and nothing that is being asked', async () => {
  const bench = new TestBench();
  const desk = new Desk(bench.link, { pieces: [] } as unknown as Catalogue);
  await bench.enrol();
  await bench.welcome({ advisor: noemie });
  const refused = desk.go('call-0001');
  desk.clearRefusal();
  expect(desk.state.get().action).toEqual({ busy: true, refusal: null, name: 'go' });
  const error = { code: 'conflict', message: 'A colleague goes.' } as const;
  bench.socket.answer('call.go', { ok: false, error });
  await refused;
  expect(desk.state.get().action).toEqual({ busy: false, refusal: error, name: 'go' });
  desk.clearRefusal();
  expect(desk.state.get().action).toEqual({ busy: false, refusal: null, name: null });
});

it('says nothing more of a call once it is gone, nor once another comes', async () => {
  const bench = new TestBench();
  const desk = new Desk(bench.link, { pieces: [] } as unknown as Catalogue);
  const stop = desk.start();
  await bench.enrol();
  const call = (callId: string): Call => ({
    offerId: callId,
    callId,
    kioskName: 'Mirror by the window',
    sinceMs: 0,
    claimedBy: null,
    locale: null,
    worn: null,
    going: null,
  });
  await bench.welcome({ advisor: noemie, calls: [call('call-0001')] });
  const refuse = async (): Promise<void> => {
    const refused = desk.claimCode('40HX AR8N');
    bench.socket.answer('offer.claim', { ok: false, error: { code: 'code-used', message: 'Too late.' } });
    await refused;
  };
  const said = () => desk.state.get().claim.refusal?.code;
  await refuse();
  expect(said()).toBe('code-used');
  bench.socket.handlers.event('calls.changed', { calls: [] });
  expect(said()).toBeUndefined();
  await refuse();
  bench.socket.handlers.event('calls.changed', { calls: [call('call-0002')] });
  expect(said()).toBeUndefined();
  stop();
});
