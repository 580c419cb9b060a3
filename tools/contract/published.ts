import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../support/command-error.ts';
import { rootDir } from '../support/paths.ts';
import { asText } from './as-text.ts';
import { breakingChanges, versionOf, type Contract } from './breaking-changes.ts';
import type { JsonSchema } from './schema-book.ts';

/** Where the contract lies that devices in boutiques were built for. */
export const publishedFile = 'docs/api/published.json';

/** The contract of the last release. */
export function publishedContract(): Contract {
  return JSON.parse(readFileSync(path.join(rootDir, publishedFile), 'utf8')) as Contract;
}

/** What of `next` must not be released under its version: each in one line, none where all is well. */
export function versionFaults(published: Contract, next: Contract): readonly string[] {
  const [was, is] = [versionOf(published), versionOf(next)];
  if (is < was) return [`the version is ${is}, and ${was} was published`];
  return is > was ? [] : breakingChanges(published, next);
}

/**
 * The text of the baseline that a release leaves behind.
 *
 * @throws {CommandError} an older peer would misread it, and its version has not grown
 */
export function asPublished(published: Contract | null, next: Contract): string {
  const faults = published ? versionFaults(published, next) : [];
  if (faults.length > 0) {
    throw new CommandError(
      'contract-breaks',
      `A device of version ${versionOf(next)} would misread this contract:\n  ${faults.join('\n  ')}\n`,
      'Keep what it can read, or give protocolVersion in protocol/version.ts the next number.',
    );
  }
  return asText({ openapi: bare(next.openapi), asyncapi: bare(next.asyncapi) });
}

/** A document without its words and examples: what is compared. */
function bare(document: JsonSchema): JsonSchema {
  const strip = (value: unknown, isFields: boolean): unknown => {
    if (Array.isArray(value)) return value.map((one) => strip(one, false));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        // Below `properties` every name is a field's.
        .filter(([key]) => isFields || !words.has(key))
        .map(([key, one]) => [key, strip(one, !isFields && key === 'properties')]),
    );
  };
  return strip(document, false) as JsonSchema;
}

const words = new Set(['description', 'summary', 'example', 'examples', 'tags']);
