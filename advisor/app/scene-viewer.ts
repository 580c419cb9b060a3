import type { MountViewer } from './mount-viewer.ts';

/** The viewer of the scenes, loaded when a piece is first worn. */
export const mountSceneViewer: MountViewer = () => Promise.reject(new Error('the viewer has not landed'));
