import type * as z from 'zod/mini';
import type { routes, RouteName } from '../../server/http/route-table.ts';

type BodyOf<Name extends RouteName> = (typeof routes)[Name] extends {
  readonly body: infer Schema extends z.core.$ZodType;
}
  ? { readonly body: z.input<Schema> }
  : object;

/** What a route takes, where it takes a body, and what it gives. */
export type RouteExample<Name extends RouteName> = BodyOf<Name> & {
  readonly reply: z.input<(typeof routes)[Name]['reply']>;
};
