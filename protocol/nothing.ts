import * as z from 'zod/mini';

/** What is sent or answered where there is nothing to say. */
export const nothing = z.object({});
