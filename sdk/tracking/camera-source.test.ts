import { describe, expect, it } from 'vitest';
import { FakeCamera } from '../../tests/support/fake-camera.ts';
import { openCamera } from './camera-source.ts';

describe('the camera', () => {
  it.each([
    ['NotFoundError', 'camera-missing'],
    ['OverconstrainedError', 'camera-missing'],
    ['NotAllowedError', 'camera-denied'],
    ['SecurityError', 'camera-denied'],
    ['NotReadableError', 'camera-busy'],
    ['AbortError', 'camera-busy'],
  ] as const)('that fails with %s is %s', async (name, problem) => {
    const camera = new FakeCamera();
    camera.refuseWith = new DOMException('no', name);
    const opened = await openCamera(camera.options());
    expect(opened).toMatchObject({ ok: false, error: { problem } });
  });

  it('is missing where the page is not secure', async () => {
    const opened = await openCamera({ ...new FakeCamera().options(), mediaDevices: undefined });
    expect(opened).toMatchObject({ ok: false, error: { problem: 'camera-missing' } });
  });

  it('is let go when its picture cannot be played', async () => {
    const camera = new FakeCamera();
    camera.refusePlay = new DOMException('interrupted', 'AbortError');
    const opened = await openCamera(camera.options());
    expect(opened).toMatchObject({ ok: false, error: { problem: 'camera-busy' } });
    expect(camera.tracksStopped).toBe(1);
  });

  it('gives each picture once, with its capture time', async () => {
    const camera = new FakeCamera();
    await openCamera(camera.options());
    await camera.show(10);
    await camera.show(10);
    await camera.show(43);
    expect(camera.pictures).toEqual([10, 43]);
  });

  it('goes on after a picture that vanished', async () => {
    const camera = new FakeCamera();
    await openCamera(camera.options());
    camera.bitmapFails = true;
    await camera.show(10);
    camera.bitmapFails = false;
    await camera.show(43);
    expect(camera.pictures).toEqual([43]);
  });

  it('says that it was unplugged, once, and stops', async () => {
    const camera = new FakeCamera();
    await openCamera(camera.options());
    camera.unplug();
    camera.unplug();
    expect(camera.unplugged).toBe(1);
    expect(camera.tracksStopped).toBe(1);
    expect(await camera.show(50)).toBe(false);
  });

  it('closes the picture that was under way when it was closed', async () => {
    const camera = new FakeCamera();
    const opened = await openCamera(camera.options());
    const showing = camera.show(10);
    if (opened.ok) opened.value.close();
    await showing;
    expect(camera.pictures).toEqual([]);
    expect(camera.bitmapsOpen).toBe(0);
  });
});
