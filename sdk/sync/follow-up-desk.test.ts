import { describe, expect, it } from 'vitest';
import type { FollowUp } from '../../protocol/visit-note.ts';
import { FollowUpDesk } from './follow-up-desk.ts';
import { TestBench } from './testing.ts';

const advisor = {
  id: 'noemie-caron',
  name: 'Noémie Caron',
  title: { en: 'Advisor', fr: 'Conseillère' },
  languages: ['fr' as const],
};
const task: FollowUp = {
  id: 'task-0001',
  state: 'open',
  step: 'call',
  dueOn: '2026-12-01',
  sku: null,
  line: 'When the green one has come',
  occasion: 'gift',
  decision: 'thinking',
  notedAtMs: 1,
  notedBy: advisor,
  owner: advisor,
  lastDay: '2026-12-28',
  changedAtMs: 1,
};

async function signedIn() {
  const bench = new TestBench();
  const desk = new FollowUpDesk(bench.link);
  const stop = desk.start();
  await bench.enrol();
  await bench.welcome({ advisor });
  const list = async (followUps: readonly FollowUp[]) => {
    bench.socket.answer('follow-up.list', { ok: true, value: { today: '2026-11-28', followUps } });
    await bench.settle();
  };
  return { bench, desk, stop, list };
}

describe('what a tablet knows of what was promised', () => {
  it('is read when an advisor is there, and anew when the boutique’s board changes', async () => {
    const { bench, desk, list } = await signedIn();
    await list([task]);
    expect(desk.state.get().list?.followUps).toEqual([task]);
    bench.socket.handlers.event('board.changed', { storeId: 'norde-marais' });
    await bench.settle();
    await list([]);
    expect(desk.state.get().list?.followUps).toEqual([]);
  });

  it('names a client while their task is there, and not a moment longer', async () => {
    const { bench, desk, stop, list } = await signedIn();
    await list([task]);
    const asked = desk.askClient(task.id);
    await bench.settle();
    bench.socket.answer('follow-up.client', { ok: true, value: { name: 'Bastien Roux', locale: 'fr' } });
    await bench.settle();
    await list([task]);
    await asked;
    expect(desk.state.get().client).toEqual({ followUpId: task.id, name: 'Bastien Roux', locale: 'fr' });
    bench.socket.handlers.event('board.changed', { storeId: 'norde-marais' });
    await bench.settle();
    await list([]);
    expect(desk.state.get().client).toBeNull();
    stop();
    expect(desk.state.get()).toMatchObject({ list: null, client: null });
  });

  it('says why a task could not be changed, beside that task', async () => {
    const { bench, desk, list } = await signedIn();
    await list([task]);
    const changed = desk.change(task.id, { kind: 'done' });
    await bench.settle();
    const error = { code: 'conflict', message: 'meanwhile' };
    bench.socket.answer('follow-up.change', { ok: false, error });
    await bench.settle();
    await list([task]);
    expect(await changed).toBe(false);
    expect(desk.state.get().refused).toEqual({ followUpId: task.id, error });
  });
});
