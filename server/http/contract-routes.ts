import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { Answer } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import { codeOf } from '../core/server-fault.ts';
import type { Routes } from './serve-routes.ts';

/** What `npm run contract` writes. */
const folder = new URL('../../docs/api/', import.meta.url);

const Document = z.record(z.string(), z.unknown());

/** The published contract, from whoever keeps it: what was released is what is told. */
export function contractRoutes(routes: Routes): void {
  routes.serve('contract.openapi', () => read('openapi.json'));
  routes.serve('contract.asyncapi', () => read('asyncapi.json'));
}

async function read(file: string): Promise<Answer<z.output<typeof Document>>> {
  try {
    return done(z.parse(Document, JSON.parse(await readFile(new URL(file, folder), 'utf8'))));
  } catch (fault) {
    if (codeOf(fault) !== 'ENOENT') throw fault;
    return refuse('not-found', 'This installation was made without docs/api.');
  }
}
