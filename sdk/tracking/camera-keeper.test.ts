import { describe, expect, it } from 'vitest';
import { FakeCamera } from '../../tests/support/fake-camera.ts';
import { ManualClock } from '../core/clock.ts';
import type { CameraHost } from './camera-keeper.ts';
import { CameraKeeper } from './camera-keeper.ts';
import { CaptureTimeline } from './capture-timeline.ts';

/** A permission that a test gives and takes. */
class FakePermission extends EventTarget {
  state: PermissionState = 'granted';

  set(state: PermissionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 16; turn += 1) await Promise.resolve();
}

function kept() {
  const camera = new FakeCamera();
  const clock = new ManualClock();
  const permission = new FakePermission();
  const devices = new EventTarget();
  const heard: string[] = [];
  let hidden = false;
  const host: CameraHost = {
    mediaDevices: {
      getUserMedia: (constraints) => camera.mediaDevices.getUserMedia(constraints),
      addEventListener: devices.addEventListener.bind(devices),
      removeEventListener: devices.removeEventListener.bind(devices),
    },
    createVideo: () => camera.video(),
    createBitmap: () => camera.bitmap(),
    cameraPermission: () => Promise.resolve(permission as unknown as PermissionStatus),
    isHidden: () => hidden,
  };
  const keeper = new CameraKeeper(host, clock, {
    timeline: new CaptureTimeline(),
    onPicture: (image) => image.close(),
    onOpened: (again) => heard.push(again ? 'open again' : 'open'),
    onProblem: (problem) => heard.push(problem),
    onRecovery: (cause) => heard.push(cause),
  });
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settled();
  };
  return {
    camera,
    clock,
    permission,
    heard,
    keeper,
    pass,
    plugIn: async () => {
      devices.dispatchEvent(new Event('devicechange'));
      await settled();
    },
    hide: (isHidden: boolean) => {
      hidden = isHidden;
    },
  };
}

describe('a camera that is kept', () => {
  it('is opened again when it gives no picture for five seconds, but not while the page is hidden', async () => {
    const { keeper, camera, heard, pass, hide } = kept();
    await keeper.start();
    await camera.show(10);
    hide(true);
    await pass(60_000);
    hide(false);
    await pass(4_500);
    expect(heard).toEqual(['open']);
    await pass(500);
    expect(heard).toEqual(['open', 'camera-stalled', 'open again']);
    expect(camera.tracksStopped).toBe(1);
    keeper.stop();
  });

  it('is given longer each time that opening it anew brought no picture, until one comes', async () => {
    const { keeper, camera, heard, pass } = kept();
    const stalls = () => heard.filter((word) => word === 'camera-stalled').length;
    await keeper.start();
    await pass(5_000);
    expect(stalls()).toBe(1);
    await pass(9_500);
    expect(stalls()).toBe(1);
    await pass(500);
    expect(stalls()).toBe(2);
    await camera.show(10);
    await pass(5_000);
    expect(stalls()).toBe(3);
  });

  it('is left alone while pictures come', async () => {
    const { keeper, camera, heard, pass } = kept();
    await keeper.start();
    for (let second = 0; second < 30; second += 1) {
      await camera.show(second * 1_000 + 1);
      await pass(1_000);
    }
    expect(heard).toEqual(['open']);
    keeper.stop();
  });

  it('comes back by itself when it is plugged in again', async () => {
    const { keeper, camera, heard, plugIn } = kept();
    await keeper.start();
    camera.refuseWith = new DOMException('none', 'NotFoundError');
    camera.unplug();
    await settled();
    await plugIn();
    expect(heard).toEqual(['open', 'camera-lost', 'camera-unplugged', 'camera-missing']);
    camera.refuseWith = null;
    await plugIn();
    expect(heard.at(-1)).toBe('open again');
    keeper.stop();
  });

  it('is not asked for again by itself when the permission was withdrawn, and opens when it is given back', async () => {
    const { keeper, camera, heard, permission, pass } = kept();
    await keeper.start();
    await settled();
    camera.refuseWith = new DOMException('no', 'NotAllowedError');
    permission.set('denied');
    camera.unplug();
    await settled();
    expect(heard).toEqual(['open', 'camera-lost', 'camera-denied']);
    await pass(120_000);
    expect(camera.opened).toBe(1);
    camera.refuseWith = null;
    permission.set('granted');
    await settled();
    expect(heard.at(-1)).toBe('open again');
    keeper.stop();
  });

  it('is tried again at growing intervals while something else holds it', async () => {
    const { keeper, camera, heard, pass } = kept();
    camera.refuseWith = new DOMException('busy', 'NotReadableError');
    await keeper.start();
    await pass(1_000);
    await pass(2_000);
    expect(heard).toEqual(['camera-busy']);
    camera.refuseWith = null;
    await pass(3_999);
    expect(camera.opened).toBe(0);
    await pass(1);
    expect(heard).toEqual(['camera-busy', 'open again']);
    keeper.stop();
  });

  it('is opened again once when its picture is frozen; a second still picture is believed', async () => {
    const { keeper, heard } = kept();
    await keeper.start();
    const look = (still: boolean) => keeper.noteSigns({ still, brightness: 0.4 });
    for (let looks = 0; looks < 19; looks += 1) look(true);
    expect(heard).toEqual(['open']);
    look(true);
    await settled();
    expect(heard).toEqual(['open', 'picture-frozen', 'open again']);
    for (let looks = 0; looks < 40; looks += 1) look(true);
    await settled();
    expect(heard).toHaveLength(3);
    look(false);
    for (let looks = 0; looks < 20; looks += 1) look(true);
    await settled();
    expect(heard.filter((told) => told === 'picture-frozen')).toHaveLength(2);
    keeper.stop();
  });

  it('stays closed after a stop, whatever happens', async () => {
    const { keeper, camera, heard, permission, pass, plugIn } = kept();
    await keeper.start();
    keeper.stop();
    await plugIn();
    permission.set('granted');
    await pass(60_000);
    expect(heard).toEqual(['open']);
    expect(camera.opened).toBe(1);
    expect(camera.tracksStopped).toBe(1);
  });
});
