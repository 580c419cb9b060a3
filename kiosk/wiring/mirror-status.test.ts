import { describe, expect, it } from 'vitest';
import { Emitter } from '../../sdk/core/emitter.ts';
import type { Tracker, TrackerEvents } from '../../sdk/tracking/tracker.ts';
import type { ScreenName } from '../app/screen.ts';
import { MirrorSwitch, wantsCamera, toldStatus } from './mirror-status.ts';

function scriptedTracker() {
  const events = new Emitter<TrackerEvents>();
  const calls: string[] = [];
  let opening = Promise.withResolvers<void>();
  const tracker: Tracker = {
    events,
    warmUp: () => Promise.resolve(),
    start: () => {
      calls.push('start');
      opening = Promise.withResolvers<void>();
      return opening.promise;
    },
    stop: () => void calls.push('stop'),
    setNeeds: () => undefined,
    allowPeople: () => undefined,
    choosePerson: () => undefined,
    seekCard: () => undefined,
    takeFrame: () => null,
    metrics: () => {
      throw new Error('not asked for');
    },
    dispose: () => {},
  };
  return {
    tracker,
    events,
    calls,
    opened: async () => {
      opening.resolve();
      await opening.promise;
    },
    failed: async (fault: Error) => {
      opening.reject(fault);
      await opening.promise.catch(() => {});
    },
  };
}

describe('the camera', () => {
  const screens: ScreenName[] = [
    'attract',
    'welcome',
    'discover',
    'wear',
    'closer',
    'notice',
    'calling',
    'together',
    'farewell',
    'wiping',
  ];

  it('is never open without consent', () => {
    for (const screen of screens) expect(wantsCamera(screen, false, true), screen).toBe(false);
  });

  it('opens at the mirror, not before, and closes with the farewell', () => {
    const opens = screens.filter((screen) => wantsCamera(screen, true, false));
    expect(opens).toEqual(['wear', 'together']);
    const stays = screens.filter((screen) => wantsCamera(screen, true, true));
    expect(stays).toEqual(['wear', 'closer', 'notice', 'calling', 'together']);
  });
});

describe('the mirror switch', () => {
  it('says what happens from opening to a face found, lost and found again', async () => {
    const { tracker, events, opened } = scriptedTracker();
    const mirror = new MirrorSwitch(tracker, () => {});
    mirror.set(true);
    expect(mirror.status.get()).toBe('starting');
    await opened();
    expect(mirror.status.get()).toBe('searching');
    events.emit('tracking-found', { identity: 1 });
    expect(mirror.status.get()).toBe('tracking');
    events.emit('tracking-lost', { identity: 1 });
    expect(mirror.status.get()).toBe('lost');
  });

  it('keeps the words of a problem, and tries again when asked', async () => {
    const { tracker, events, calls, opened } = scriptedTracker();
    const mirror = new MirrorSwitch(tracker, () => {});
    mirror.set(true);
    events.emit('problem', { problem: 'camera-busy', message: 'in use' });
    await opened();
    expect(mirror.status.get()).toBe('camera-busy');
    mirror.retry();
    expect(calls).toEqual(['start', 'stop', 'start']);
    expect(mirror.status.get()).toBe('starting');
  });

  it('stops at once, and hears nothing more', () => {
    const { tracker, events, calls } = scriptedTracker();
    const mirror = new MirrorSwitch(tracker, () => {});
    mirror.set(true);
    mirror.set(false);
    events.emit('tracking-found', { identity: 1 });
    expect(calls).toEqual(['start', 'stop']);
    expect(mirror.status.get()).toBe('off');
  });

  it('reports a tracker that fails, without a dead end', async () => {
    const faults: unknown[] = [];
    const { tracker, failed } = scriptedTracker();
    const mirror = new MirrorSwitch(tracker, (fault) => faults.push(fault));
    mirror.set(true);
    await failed(new Error('gone'));
    expect(mirror.status.get()).toBe('tracker-failed');
    expect(faults).toHaveLength(1);
  });

  it('says that no model is there where there is none', () => {
    const mirror = new MirrorSwitch(null, () => {});
    mirror.set(true);
    expect(mirror.status.get()).toBe('model-missing');
  });
});

describe('what is said of the mirror', () => {
  const seen = { mirrored: true, placed: true, asksForHand: false };

  it('looks for nobody whose hand wears the piece, and keeps every problem', () => {
    expect((['searching', 'lost'] as const).map((status) => toldStatus(status, seen))).toEqual([
      'tracking',
      'tracking',
    ]);
    expect(toldStatus('searching', { ...seen, placed: false })).toBe('searching');
    for (const status of ['camera-denied', 'tracker-failed', 'off'] as const)
      expect(toldStatus(status, seen)).toBe(status);
  });

  it('asks for no face beside the outline that asks for a hand', () => {
    const waiting = { mirrored: true, placed: false, asksForHand: true };
    for (const status of ['searching', 'lost'] as const) {
      expect(toldStatus(status, waiting)).toBe('tracking');
      expect(toldStatus(status, { ...waiting, asksForHand: false })).toBe(status);
    }
    expect(toldStatus('camera-unplugged', waiting)).toBe('camera-unplugged');
    expect(toldStatus('searching', { ...waiting, mirrored: false })).toBe('starting');
  });

  it('is that it opens, until the client is seen in it: the mannequin wears the piece meanwhile', () => {
    const unseen = { mirrored: false, placed: true, asksForHand: false };
    for (const status of ['starting', 'searching', 'tracking', 'lost'] as const)
      expect(toldStatus(status, unseen)).toBe('starting');
    expect(toldStatus('camera-busy', unseen)).toBe('camera-busy');
    expect(toldStatus('tracking', seen)).toBe('tracking');
  });
});
