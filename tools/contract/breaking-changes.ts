import type { JsonSchema } from './schema-book.ts';
import { misfits } from './schema-fits.ts';

/** Both documents of one version of the contract. */
export interface Contract {
  readonly openapi: JsonSchema;
  readonly asyncapi: JsonSchema;
}

interface Operation {
  readonly operationId: string;
  readonly security: unknown;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Content {
  readonly content: { readonly 'application/json': { readonly schema: JsonSchema } };
}

interface Message {
  readonly name: string;
  readonly payload: JsonSchema;
  /** Who may send a command. */
  readonly 'x-roles'?: readonly string[];
}

/**
 * What of `after` a peer that was written for `before` would misread, each in one line. New operations, commands, events and fields
 * are none: a reader passes over what it does not know.
 */
export function breakingChanges(before: Contract, after: Contract): readonly string[] {
  return [...httpChanges(before.openapi, after.openapi), ...socketChanges(before.asyncapi, after.asyncapi)];
}

/** The version that a contract says it has. */
export function versionOf({ asyncapi }: Contract): number {
  return Number((asyncapi['info'] as { readonly version: string }).version);
}

function httpChanges(before: JsonSchema, after: JsonSchema): string[] {
  const found: string[] = [];
  const now = operationsOf(after);
  const taken = (schema: JsonSchema) => ({ schema, document: before });
  const given = (schema: JsonSchema) => ({ schema, document: after });
  for (const [address, old] of operationsOf(before)) {
    const operation = now.get(address);
    if (!operation) {
      found.push(`${address} is gone`);
      continue;
    }
    const tell = (what: string, reasons: readonly string[]) => {
      found.push(...reasons.map((reason) => `${address}, ${what}: ${reason}`));
    };
    if (JSON.stringify(old.security) !== JSON.stringify(operation.security)) {
      tell('who may call', ['is another']);
    }
    for (const { name, in: place, required, schema } of operation.parameters ?? []) {
      const known = old.parameters?.find((one) => one.name === name && one.in === place);
      if (known) tell(name, misfits(taken(known.schema), given(schema), 'misfit'));
      if (required && !known?.required) tell(name, ['is required']);
    }
    for (const { name } of old.parameters ?? []) {
      if (!operation.parameters?.some((one) => one.name === name)) tell(name, ['is no longer read']);
    }
    if (operation.requestBody) {
      const sent = old.requestBody && schemaIn(old.requestBody);
      if (sent) tell('the request', misfits(taken(sent), given(schemaIn(operation.requestBody)), 'misfit'));
      else tell('the request', ['has a body']);
    } else if (old.requestBody) tell('the request', ['is no longer read']);
    const [was, is] = [goodOf(old), goodOf(operation)];
    if (was.status !== is.status) tell('the good answer', [`has the status ${is.status}`]);
    tell('the answer', misfits(given(is.schema), taken(was.schema), 'fine'));
  }
  return [...found, ...componentChanges(before, after, 'WireError')];
}

function socketChanges(before: JsonSchema, after: JsonSchema): string[] {
  const found: string[] = [];
  const now = messagesOf(after);
  for (const [id, old] of Object.entries(messagesOf(before))) {
    const message = now[id];
    if (!message) {
      found.push(`${id} is gone`);
      continue;
    }
    for (const role of old['x-roles'] ?? []) {
      if (!message['x-roles']?.includes(role)) found.push(`${id}: a ${role} may no longer send it`);
    }
    const isSentByDevice = old.name === 'command' || old.name === 'hello';
    const [was, is] = [
      { schema: valueIn(old), document: before },
      { schema: valueIn(message), document: after },
    ];
    if (old.name !== message.name) found.push(`${id} has another name`);
    const reasons = isSentByDevice ? misfits(was, is, 'misfit') : misfits(is, was, 'fine');
    found.push(...reasons.map((reason) => `${id}: ${reason}`));
  }
  return found;
}

function componentChanges(before: JsonSchema, after: JsonSchema, name: string): string[] {
  const schema = { $ref: `#/components/schemas/${name}` };
  const reasons = misfits({ schema, document: after }, { schema, document: before }, 'fine');
  return reasons.map((reason) => `${name}: ${reason}`);
}

function operationsOf(document: JsonSchema): Map<string, Operation> {
  const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [`${method.toUpperCase()} ${path}`, one] as const),
    ),
  );
}

function messagesOf(document: JsonSchema): Readonly<Record<string, Message>> {
  const { messages } = document['components'] as { readonly messages: Record<string, Message> };
  return messages;
}

function goodOf({ responses }: Operation): { readonly status: string; readonly schema: JsonSchema } {
  const [status, told] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  return { status: status ?? 'none', schema: told ? schemaIn(told) : {} };
}

function schemaIn({ content }: Content): JsonSchema {
  return content['application/json'].schema;
}

/** What a message carries; of an acknowledgement the value: its refusals are `WireError`s, which are compared once. */
function valueIn({ name, payload }: Message): JsonSchema {
  if (name !== 'acknowledgement') return payload;
  const { oneOf } = payload as {
    readonly oneOf: readonly { readonly properties: { readonly value?: JsonSchema } }[];
  };
  return oneOf[0]?.properties.value ?? {};
}
