import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import type { Socket } from 'socket.io-client';
import { closed, DocumentSchemas } from '../../../tools/contract/json-schemas.ts';
import { rootDir } from '../../../tools/support/paths.ts';
import type { TestDevice } from './test-device.ts';

type Json = { readonly [key: string]: unknown };

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: RegExp;
  readonly needsBody: boolean;
  readonly request: ValidateFunction | null;
  readonly replies: ReadonlyMap<number, { readonly body: ValidateFunction; readonly headers: string[] }>;
}

/** One message of the socket: what its event is called, and what takes its body. */
interface Message {
  readonly event: string;
  readonly takes: ValidateFunction;
}

function documentAt(file: string): Json {
  return closed(JSON.parse(readFileSync(join(rootDir, 'docs/api', file), 'utf8')) as Json);
}

/**
 * Holds what a running server takes and says against the PUBLISHED contract, and counts what was seen. Whatever the contract does
 * not tell throws: an unknown address, status, code, event or field.
 */
export class ContractCheck {
  readonly #operations: readonly Operation[];
  readonly #messages: ReadonlyMap<string, Message>;
  /** What was seen, such as `deviceEnrol 410`, `holdPlace ok`, `holdPlace forbidden` or `stockChanged`. */
  readonly seen = new Set<string>();
  /** What was heard against the contract. An event comes when nobody waits for it, so it is kept here. */
  readonly faults: string[] = [];

  constructor() {
    this.#operations = operationsOf(documentAt('openapi.json'));
    this.#messages = messagesOf(documentAt('asyncapi.json'));
  }

  get operationIds(): readonly string[] {
    return this.#operations.map(({ id }) => id);
  }

  /** Operations that the contract lets be refused, but for a fault of the server's own and for asking too much at once. */
  get refusableIds(): readonly string[] {
    return this.#operations
      .filter(({ id, replies }) => {
        // The documents lie in every checkout.
        const isDocument = id === 'contractOpenapi' || id === 'contractAsyncapi';
        return (
          !isDocument && [...replies.keys()].some((status) => status >= 400 && status < 500 && status !== 429)
        );
      })
      .map(({ id }) => id);
  }

  get commandIds(): readonly string[] {
    return [...this.#messages].filter(([, { event }]) => event === 'command').map(([id]) => id);
  }

  get eventIds(): readonly string[] {
    const asked = new Set(['command', 'hello', 'acknowledgement']);
    return [...this.#messages].filter(([, { event }]) => !asked.has(event)).map(([id]) => id);
  }

  /** Checks one exchange, and gives the body of the answer. A request that was taken must be one that the contract tells. */
  async http(
    method: string,
    response: Response,
    sent: { readonly body?: unknown; readonly isAgreed?: boolean } = {},
  ): Promise<unknown> {
    const { pathname } = new URL(response.url);
    const operation = this.#operations.find((one) => one.method === method && one.path.test(pathname));
    if (!operation) throw new Error(`${method} ${pathname} is not in the contract`);
    const { id, request, replies, needsBody } = operation;
    const reply = replies.get(response.status);
    const body: unknown = await response.json();
    if (!reply) throw new Error(`${id} answered ${response.status}: ${JSON.stringify(body)}`);
    demand(reply.body, body, `${id} ${response.status}`);
    for (const name of reply.headers) {
      if (name !== 'retry-after' && !response.headers.has(name)) throw new Error(`${id} sent no ${name}`);
    }
    if (response.ok && sent.isAgreed !== false) {
      if (needsBody !== (sent.body !== undefined)) throw new Error(`${id}: a body that is not agreed`);
      if (request) demand(request, sent.body, `${id}, what was taken`);
    }
    this.seen.add(`${id} ${response.status}`);
    return body;
  }

  /** Sends a message as a device, and checks both it and its answer. */
  async ask(device: TestDevice, id: string, body: unknown): Promise<unknown> {
    const message = this.#message(id);
    const answer = await device.emit(message.event, body);
    demand(this.#message(`${id}Answer`).takes, answer, `${id}, its answer`);
    const { ok, error } = answer as { readonly ok: boolean; readonly error?: { readonly code: string } };
    if (ok) demand(message.takes, body, `${id}, what was taken`);
    this.seen.add(`${id} ${ok ? 'ok' : error?.code}`);
    return answer;
  }

  /** Checks every event that comes over a socket from now on. */
  listen(socket: Socket): void {
    socket.onAny((event: string, body: unknown) => {
      const found = [...this.#messages].find(([, message]) => message.event === event);
      if (!found) return void this.faults.push(`the event ${event} is not in the contract`);
      const [id, { takes }] = found;
      if (!takes(body)) this.faults.push(`${id}: ${JSON.stringify(takes.errors)}`);
      this.seen.add(id);
    });
  }

  #message(id: string): Message {
    const message = this.#messages.get(id);
    if (!message) throw new Error(`${id} is not in the contract`);
    return message;
  }
}

function demand(takes: ValidateFunction, value: unknown, what: string): void {
  if (takes(value)) return;
  throw new Error(`${what}: ${JSON.stringify(takes.errors)} in ${JSON.stringify(value)}`);
}

function operationsOf(document: Json): Operation[] {
  const schemas = new DocumentSchemas(document, 'draft-2020-12');
  const jsonIn = (holder: unknown): ValidateFunction => {
    const { content } = holder as {
      readonly content: { readonly 'application/json': { readonly schema: Json } };
    };
    return schemas.compile(content['application/json'].schema);
  };
  const operations: Operation[] = [];
  for (const [path, methods] of Object.entries(document['paths'] as Record<string, Record<string, Json>>)) {
    for (const [method, operation] of Object.entries(methods)) {
      const { requestBody, responses } = operation as {
        readonly requestBody?: Json;
        readonly responses: Json;
      };
      operations.push({
        id: String(operation['operationId']),
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
        needsBody: requestBody !== undefined,
        request: requestBody ? jsonIn(requestBody) : null,
        replies: new Map(
          Object.entries(responses as Record<string, { readonly headers?: Json }>).map(([status, told]) => [
            Number(status),
            { body: jsonIn(told), headers: Object.keys(told.headers ?? {}) },
          ]),
        ),
      });
    }
  }
  return operations;
}

function messagesOf(document: Json): Map<string, Message> {
  const schemas = new DocumentSchemas(document, 'draft-07');
  const { messages } = document['components'] as {
    readonly messages: Readonly<Record<string, { readonly name: string; readonly payload: Json }>>;
  };
  return new Map(
    Object.entries(messages).map(([id, { name, payload }]) => [
      id,
      { event: name, takes: schemas.compile(payload) },
    ]),
  );
}
