import { vec3 } from './vector.ts';

/** Turned parts and stones stand along y; in this frame they point along z, as what is set into a face of something does. */
export const forward = { x: vec3(1, 0, 0), y: vec3(0, 0, 1), z: vec3(0, -1, 0) } as const;

/** The same at the origin. */
export const forwardHere = { ...forward, origin: vec3(0, 0, 0) } as const;
