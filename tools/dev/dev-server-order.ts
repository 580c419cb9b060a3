import * as z from 'zod/mini';

/** The environment variable in which `npm run dev` hands its server the order, as JSON. */
export const orderVariable = 'VITRINE_DEV_ORDER';

/** What `npm run dev` tells the server that it starts and replaces. */
export const DevServerOrder = z.object({
  /** Where to listen, behind Vite. */
  port: z.number(),
  /** Vite's address: what links and QR codes name. */
  publicUrl: z.string(),
  /** Whether to print the links: the first time only. */
  welcome: z.boolean(),
  /** The models found, by id. */
  models: z.array(z.object({ id: z.string(), path: z.string(), sha256: z.string(), standIn: z.boolean() })),
});
export type DevServerOrder = z.infer<typeof DevServerOrder>;
