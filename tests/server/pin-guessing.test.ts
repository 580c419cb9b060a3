import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinForgottenMs, pinLocksMs } from '../../server/houses/pin-tries.ts';
import { testPostgresUrl } from './support/databases.ts';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const noemie = 'noemie-caron';
const nobody = 'nobody-by-that-name';
/** Of another boutique of the same Maison. */
const imogen = 'imogen-clarke';
const wrong = '0000';

const databases = [
  { name: 'SQLite', open: () => TestServer.start(), nodes: false },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', open: () => TestServer.startOnPostgres(testPostgresUrl ?? ''), nodes: true }]),
];

describe.each(databases)('whoever guesses PINs on $name', ({ open, nodes }) => {
  let server: TestServer;
  let right: string;
  beforeAll(async () => {
    server = await open();
    right = server.pin('norde');
  });
  afterAll(async () => {
    await server.stop();
  });

  const tablet = (at = storeId) => server.connect('tablet', at, 'Tablet');
  const guess = (device: TestDevice, advisorId: string, pin = wrong) =>
    device.command('advisor.sign-in', { advisorId, pin });
  const guesses = async (device: TestDevice, advisorId: string, count: number) => {
    const answers = [];
    for (let tried = 0; tried < count; tried += 1) answers.push(await guess(device, advisorId));
    return answers;
  };
  /** A new day: what was tried is forgotten. */
  const sleepOverIt = () => server.clock.advance(pinForgottenMs);

  it('has five tries from one tablet, and from several at once no more', async () => {
    sleepOverIt();
    const tablets = await Promise.all([tablet(), tablet(), tablet(), tablet()]);
    const answers = await Promise.all(
      tablets.flatMap((device) => Array.from({ length: 4 }, () => guess(device, noemie))),
    );
    const codes = answers.map((answer) => codeOf(answer));
    expect(codes.filter((code) => code === 'pin-wrong')).toHaveLength(4);
    expect(codes.filter((code) => code === 'pin-locked')).toHaveLength(12);
    for (const device of tablets) expect(codeOf(await guess(device, noemie, right))).toBe('pin-locked');
  });

  it('has no more on another node, nor after a restart', async () => {
    sleepOverIt();
    const here = await tablet();
    await guesses(here, noemie, 2);
    await server.restart();
    await here.connect();
    expect(await guess(here, noemie)).toMatchObject({ error: { code: 'pin-wrong', triesLeft: 2 } });
    const other = nodes ? await server.anotherNode() : server;
    const there = await other.connect('tablet', storeId, 'Tablet there');
    expect(await guess(there, noemie)).toMatchObject({ error: { code: 'pin-wrong', triesLeft: 1 } });
    expect(codeOf(await guess(there, noemie))).toBe('pin-locked');
    expect(codeOf(await guess(here, noemie, right))).toBe('pin-locked');
    if (other !== server) await other.stop();
    await server.restart();
    await here.connect();
    expect(codeOf(await guess(here, noemie, right))).toBe('pin-locked');
  });

  it('waits longer after each lock, never above four hours, and a right PIN clears all', async () => {
    sleepOverIt();
    for (const lockMs of [...pinLocksMs, Math.max(...pinLocksMs)]) {
      const device = await tablet();
      expect((await guesses(device, noemie, 5)).at(-1)).toMatchObject({ error: { retryAfterMs: lockMs } });
      server.clock.advance(lockMs - 1);
      expect(codeOf(await guess(await tablet(), noemie, right))).toBe('pin-locked');
      server.clock.advance(1);
    }
    const device = await tablet();
    valueOf(await guess(device, noemie, right));
    expect((await guesses(device, noemie, 5)).at(-1)).toMatchObject({
      error: { retryAfterMs: pinLocksMs[0] },
    });
  });

  it('gains nothing by a clock that is set forward or back, and locks nobody out by it', async () => {
    sleepOverIt();
    const device = await tablet();
    await guesses(device, noemie, 5);
    // An hour back: still locked. A year back: the lock would hold for a year, and is taken for none.
    server.clock.set(-3_600_000);
    expect(codeOf(await guess(device, noemie, right))).toBe('pin-locked');
    const year = 365 * 24 * 3_600_000;
    server.clock.set(-year);
    const then = await tablet();
    valueOf(await guess(then, noemie, right));
    await guesses(then, noemie, 4);
    server.clock.set(2 * 3_600_000);
    const later = await tablet();
    expect(codeOf(await guess(later, noemie))).toBe('pin-locked');
    server.clock.set(year);
  });

  it('locks nobody in another boutique, and is told as little of its people as of nobody', async () => {
    sleepOverIt();
    const device = await tablet();
    const told = await guesses(device, imogen, 6);
    sleepOverIt();
    const other = await tablet();
    expect(await guesses(other, nobody, 6)).toEqual(told);
    sleepOverIt();
    expect(await guesses(await tablet(), noemie, 6)).toEqual(told);
    // Her own PIN opens no tablet of this boutique either, and does not even look different.
    sleepOverIt();
    expect(await guess(await tablet(), imogen, right)).toEqual(told[0]);
    const mayfair = await tablet('norde-mayfair');
    valueOf(await guess(mayfair, imogen, right));
  });

  it('walks through no list of names: a tablet is held up, whoever is tried', async () => {
    sleepOverIt();
    const device = await tablet();
    const codes = [];
    for (let name = 0; name < 25; name += 1) codes.push(codeOf(await guess(device, `name-${name}`)));
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'pin-wrong'));
    expect(codes.slice(20)).toEqual(Array.from({ length: 5 }, () => 'rate-limited'));
    // A colleague at the next tablet notices nothing.
    valueOf(await guess(await tablet(), 'theo-vasseur', right));
  });
});

describe('the time of an answer', () => {
  it('tells nothing of whether a name is anybody’s: each costs one hash', async () => {
    const server = await TestServer.start({ pinCost: 2 ** 14 });
    try {
      const device = await server.connect('tablet', storeId, 'Tablet');
      const lasts = async (advisorId: string, pin: string) => {
        const before = process.cpuUsage();
        await device.command('advisor.sign-in', { advisorId, pin });
        const { user } = process.cpuUsage(before);
        return user / 1_000;
      };
      await lasts(nobody, wrong);
      const least = async (advisorId: string) =>
        Math.min(await lasts(advisorId, wrong), await lasts(advisorId, wrong), await lasts(advisorId, wrong));
      const [known, unknown] = [await least(noemie), await least(`${nobody}-either`)];
      // Without the hash an unknown name would be answered in a tenth of the time.
      expect(unknown).toBeGreaterThan(known / 3);
      expect(known).toBeGreaterThan(unknown / 3);
    } finally {
      await server.stop();
    }
  });
});
