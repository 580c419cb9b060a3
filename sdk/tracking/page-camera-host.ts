import type { CameraHost } from './camera-keeper.ts';

/** What the page has of a camera's host, where it was not given otherwise. */
export function pageCameraHost(given: {
  readonly [Part in keyof CameraHost]?: CameraHost[Part] | undefined;
}): CameraHost {
  return {
    mediaDevices: given.mediaDevices ?? globalThis.navigator?.mediaDevices,
    createVideo: given.createVideo ?? (() => document.createElement('video')),
    createBitmap: given.createBitmap ?? ((video) => createImageBitmap(video)),
    cameraPermission:
      given.cameraPermission ??
      (async () => (await globalThis.navigator?.permissions?.query({ name: 'camera' })) ?? null),
    isHidden: given.isHidden ?? (() => globalThis.document?.visibilityState === 'hidden'),
  };
}
