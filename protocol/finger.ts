import * as z from 'zod/mini';

/** A finger on which a ring may be worn, or for which one was measured. */
export const Finger = z.enum(['thumb', 'index', 'middle', 'ring', 'little']);
export type Finger = z.infer<typeof Finger>;
