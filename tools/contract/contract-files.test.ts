import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  commands,
  errorCodes,
  serverEvents,
  type CommandName,
  type ServerEventName,
} from '../../protocol/index.ts';
import { routes, type RouteName } from '../../server/http/route-table.ts';
import type { Route } from '../../server/http/routes/route.ts';
import { rootDir } from '../support/paths.ts';
import { commandNotes } from './command-notes.ts';
import { contractFiles } from './contract-files.ts';
import { eventExamples } from './event-notes.ts';
import { closed, DocumentSchemas, withFormats } from './json-schemas.ts';
import { contractComments } from './named-schemas.ts';
import { routeExamples } from './route-examples.ts';
import type { JsonSchema } from './schema-book.ts';

const files = contractFiles();
const documentIn = (file: string) => JSON.parse(files[file] ?? '{}') as JsonSchema;
const http = documentIn('docs/api/openapi.json');
const socket = documentIn('docs/api/asyncapi.json');

describe('the published contract', () => {
  it.each(Object.keys(files))('%s says what the schemas say', async (file) => {
    const told = `${file} differs from the schemas. "npm run contract" brings it along`;
    await expect(files[file], told).toMatchFileSnapshot(path.join(rootDir, file));
  });

  it.each(['docs/api/openapi.json', 'docs/connectors/house-openapi.json'])('%s is OpenAPI', async (file) => {
    const { valid, errors } = await new Validator().validate(documentIn(file));
    expect([valid, errors]).toEqual([true, undefined]);
  });

  it('of the socket is AsyncAPI', () => {
    const file = path.join(rootDir, 'node_modules/@asyncapi/specs/schemas/3.0.0.json');
    // AsyncAPI's schema brings the draft that it is written in along.
    const ajv = withFormats(new Ajv({ strict: false, meta: false, validateSchema: false }));
    const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
    const isValid = validate(socket);
    expect([isValid, validate.errors]).toEqual([true, null]);
    const { asyncapi: _, ...without } = socket;
    expect(validate(without)).toBe(false);
  });

  it.each(['docs/api/openapi.json', 'docs/api/asyncapi.json'])('%s refers to what is in it', (file) => {
    const document = documentIn(file);
    const lost = referencesIn(document).filter((reference) => found(document, reference) === undefined);
    expect(lost).toEqual([]);
    expect(referencesIn(document).length).toBeGreaterThan(50);
  });
});

describe('every example', () => {
  it('of a route is what the server would take and give', () => {
    for (const name of Object.keys(routes) as RouteName[]) {
      const { body, reply }: Route = routes[name];
      const example: { readonly body?: unknown; readonly reply: unknown } = routeExamples[name];
      if (body) expect([name, z.safeParse(body, example.body)]).toMatchObject([name, { success: true }]);
      expect([name, z.safeParse(reply, example.reply)]).toMatchObject([name, { success: true }]);
    }
  });

  it('of a command or an event is what the peers would take and give', () => {
    for (const name of Object.keys(commands) as CommandName[]) {
      const { payload, reply } = commandNotes[name];
      expect([name, z.safeParse(commands[name].payload, payload)]).toMatchObject([name, { success: true }]);
      expect([name, z.safeParse(commands[name].reply, reply)]).toMatchObject([name, { success: true }]);
    }
    for (const name of Object.keys(serverEvents) as ServerEventName[]) {
      const parsed = z.safeParse(serverEvents[name], eventExamples[name]);
      expect([name, parsed]).toMatchObject([name, { success: true }]);
    }
  });

  it('is what the documents themselves say, and names no field that they do not', () => {
    const inHttp = new DocumentSchemas(closed(http), 'draft-2020-12');
    const inSocket = new DocumentSchemas(closed(socket), 'draft-07');
    const check = (schemas: DocumentSchemas, { schema, example }: Shown) => {
      const validate = schemas.compile(closed(schema));
      expect([example, validate(example), validate.errors]).toEqual([example, true, null]);
    };
    const shown = shownIn(http['paths']);
    expect(shown.length).toBeGreaterThan(Object.keys(routes).length);
    for (const one of shown) check(inHttp, one);
    const { messages } = socket['components'] as { readonly messages: Record<string, Message> };
    expect(Object.keys(messages)).toHaveLength(
      2 + 2 * Object.keys(commands).length + Object.keys(serverEvents).length,
    );
    for (const { payload, examples } of Object.values(messages)) {
      for (const example of examples) check(inSocket, { schema: payload, example: example.payload });
    }
  });
});

it('every refusal is told in words beside its code', () => {
  const docs = contractComments();
  expect(errorCodes.filter((code) => !docs.has(`errorCodes.${code}`))).toEqual([]);
});

interface Shown {
  readonly schema: JsonSchema;
  readonly example: unknown;
}

interface Message {
  readonly payload: JsonSchema;
  readonly examples: readonly { readonly payload: unknown }[];
}

/** Whatever has both a schema and an example of it. */
function shownIn(value: unknown): Shown[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('schema' in value && 'example' in value) return [value as Shown];
  return Object.values(value).flatMap(shownIn);
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}

function found(document: JsonSchema, reference: string): unknown {
  let at: unknown = document;
  for (const part of reference.replace(/^#\//, '').split('/')) {
    at = typeof at === 'object' && at !== null ? (at as JsonSchema)[part] : undefined;
  }
  return at;
}
