import * as z from 'zod/mini';
import type { Answer } from '../../protocol/index.ts';
import { done, refuse } from './answers.ts';

/** Parses what came from outside. The refusal names where it is wrong and never repeats what was sent. */
export function parseWith<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): Answer<z.output<Schema>> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return done(parsed.data);
  const where = parsed.error.issues
    .slice(0, 3)
    .map((issue) => (issue.path.length === 0 ? 'the whole' : issue.path.map(String).join('.').slice(0, 80)));
  return refuse('bad-request', `${what} does not have the agreed form (see: ${where.join(', ')}).`);
}
