import { expect, it } from 'vitest';
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
