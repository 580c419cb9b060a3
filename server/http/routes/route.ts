import type * as z from 'zod/mini';
import type { ErrorCode } from '../../../protocol/index.ts';
import type { BucketSize } from '../../core/token-bucket.ts';

/**
 * Who may call a route. `anyone`: nobody is signed in. `operator`: the operator by their token, or a console by its own for
 * its Maison alone. `house`: a Maison's own system, by its signature over the body's bytes.
 */
export type Caller = 'anyone' | 'operator' | 'house';

/** One thing that can be asked over HTTP. Whatever is not in a row is refused, and whatever is published of it is read here. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A part that varies is written `:name`, and is in `params`. */
  readonly path: string;
  /** One sentence for whoever writes a client. */
  readonly summary: string;
  readonly caller: Caller;
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  /** Parsed before the route's own work, but for a house: its bytes are signed, and it is told what was wrong with them. */
  readonly body?: z.ZodMiniType;
  readonly reply: z.ZodMiniType;
  /** Of the good answer; 200 where none is given. */
  readonly status?: number;
  /** Headers of the good answer that say something. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What it refuses beside what every route of its kind does (`refusalsOf`). */
  readonly refusals: readonly ErrorCode[];
  /** How often it may be called from one address; of a house's route, without a good signature. */
  readonly perAddress?: BucketSize;
  /** How often by one Maison's own systems, from all their addresses. */
  readonly perHouse?: BucketSize;
  /** How often for the Maison that the address names, by everybody together. */
  readonly perMaison?: BucketSize;
  /** How often by one device, where the body names it. */
  readonly perDevice?: BucketSize;
  /** Largest body in bytes; the server's own bound where none is given. */
  readonly maxBodyBytes?: number;
}

/** A group of routes, each by its name. */
export type Routes = Readonly<Record<string, Route>>;

/** Everything a route may refuse with: its own, and what comes with who may call it and what it takes. */
export function refusalsOf(route: Route): readonly ErrorCode[] {
  const codes = new Set<ErrorCode>([...ofCaller[route.caller], ...route.refusals]);
  if (route.params ?? route.query ?? route.body) codes.add('bad-request');
  if (route.body) codes.add('too-large');
  // Whoever comes too often is told so, and everybody while the database does not take what they ask.
  codes.add('rate-limited');
  return [...codes, 'internal'];
}

const ofCaller: Readonly<Record<Caller, readonly ErrorCode[]>> = {
  anyone: [],
  operator: ['unauthenticated', 'forbidden', 'oms-unavailable'],
  house: ['unauthenticated'],
};
