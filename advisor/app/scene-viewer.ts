import type { MountViewer } from './mount-viewer.ts';

/** The scenes' viewer. Its renderer is loaded when the first piece is worn, so that the tablet can be read before it. */
export const mountSceneViewer: MountViewer = async (container, options) => {
  const { mountViewer } = await import('../../scenes/viewer/mount-viewer.tsx');
  const viewer = mountViewer(container, options);
  viewer.events.on('spot-touched', ({ spot }) => options.onSpot(spot));
  await viewer.ready;
  return viewer;
};
