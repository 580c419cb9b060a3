import {
  commands,
  CommandId,
  Hello,
  protocolVersion,
  realtimePath,
  serverEvents,
  Welcome,
  type CommandName,
  type ErrorCode,
  type ServerEventName,
} from '../../protocol/index.ts';
import { commandNotes, everyCommandRefuses } from './command-notes.ts';
import type { DocComments } from './doc-comments.ts';
import { eventExamples } from './event-notes.ts';
import { hello, welcome } from './examples.ts';
import { namedSchemas } from './named-schemas.ts';
import { operationIdOf, refusalOf } from './openapi.ts';
import { SchemaBook, type JsonSchema } from './schema-book.ts';
import { socketRules } from './socket-rules.ts';

const channel = 'realtime';
const helloRefuses: readonly ErrorCode[] = [
  'bad-request',
  'unsupported-version',
  'rate-limited',
  'unauthenticated',
  'forbidden',
  'internal',
];

/** The socket as an AsyncAPI 3.0 document, told from the server’s side: it receives commands and sends events. */
export function asyncApi(docs: DocComments): JsonSchema {
  const book = new SchemaBook(namedSchemas, docs);
  const messages: Record<string, JsonSchema> = {};
  const operations: Record<string, JsonSchema> = {};

  const asked = (id: string, ask: JsonSchema, reply: JsonSchema, summary: string) => {
    messages[id] = ask;
    messages[`${id}Answer`] = reply;
    operations[id] = {
      action: 'receive',
      summary,
      channel: { $ref: `#/channels/${channel}` },
      messages: [inChannel(id)],
      reply: { channel: { $ref: `#/channels/${channel}` }, messages: [inChannel(`${id}Answer`)] },
    };
  };

  const greeting = 'The first message on every line; answered with all that the device has missed.';
  asked(
    'hello',
    message('hello', 'Hello', docs.get('Hello') ?? greeting, book.ref(Hello, 'Hello'), hello),
    message(
      'acknowledgement',
      'The answer to hello',
      'The welcome, or why not.',
      answer(book, book.ref(Welcome, 'Welcome'), helloRefuses),
      {
        ok: true,
        value: welcome,
      },
    ),
    greeting,
  );

  for (const name of Object.keys(commands) as CommandName[]) {
    const { roles, payload, reply } = commands[name];
    const note = commandNotes[name];
    const id = operationIdOf(name);
    const title = id.charAt(0).toUpperCase() + id.slice(1);
    const refuses = [...new Set([...everyCommandRefuses, ...note.refusals])];
    const told = `${note.summary} Sent by: ${roles.join(', ')}.`;
    asked(
      id,
      {
        ...message(
          'command',
          `Command ${name}`,
          told,
          envelope(book, name, book.ref(payload, `${title}Payload`, `commands.${name}.payload`)),
          { commandId: '2f1c6f0e-5d0b-4c6e-9d2a-0d6c1f7b8e34', name, payload: note.payload },
        ),
        'x-roles': roles,
      },
      message(
        'acknowledgement',
        `The answer to ${name}`,
        `What came of it, or one of: ${refuses.join(', ')}.`,
        answer(book, book.ref(reply, `${title}Reply`, `commands.${name}.reply`), refuses),
        { ok: true, value: note.reply },
      ),
      note.summary,
    );
  }

  for (const name of Object.keys(serverEvents) as ServerEventName[]) {
    const id = operationIdOf(name);
    const title = id.charAt(0).toUpperCase() + id.slice(1);
    const told = docs.get(`serverEvents.${name}`) ?? name;
    const schema = book.ref(serverEvents[name], title, `serverEvents.${name}`);
    messages[id] = message(name, `Event ${name}`, told, schema, eventExamples[name]);
    operations[id] = {
      action: 'send',
      summary: told,
      channel: { $ref: `#/channels/${channel}` },
      messages: [inChannel(id)],
    };
  }

  return {
    asyncapi: '3.0.0',
    info: { title: 'Vitrine, live', version: String(protocolVersion), description: socketRules },
    defaultContentType: 'application/json',
    servers: {
      boutique: {
        host: '{host}',
        protocol: 'wss',
        description: 'A boutique’s server; `ws` on the server’s own machine.',
        variables: { host: { default: 'localhost:8080', description: 'Name or address, and port.' } },
        security: [{ $ref: '#/components/securitySchemes/deviceToken' }],
      },
    },
    channels: {
      [channel]: {
        address: realtimePath,
        title: 'The one line of a device',
        description:
          'Socket.IO 4 over WebSocket, default namespace. Events by name, answered by acknowledgements.',
        servers: [{ $ref: '#/servers/boutique' }],
        messages: Object.fromEntries(
          Object.keys(messages).map((id) => [id, { $ref: `#/components/messages/${id}` }]),
        ),
        bindings: {
          ws: {
            method: 'GET',
            query: {
              type: 'object',
              properties: { EIO: { const: '4' }, transport: { const: 'websocket' } },
              required: ['EIO', 'transport'],
            },
          },
        },
      },
    },
    operations,
    components: {
      messages,
      schemas: book.referredTo(messages, 'draft-07'),
      securitySchemes: {
        deviceToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The token of `POST /api/devices/token`, in the Socket.IO handshake as `auth.token`.',
        },
      },
    },
  };
}

function inChannel(id: string): JsonSchema {
  return { $ref: `#/channels/${channel}/messages/${id}` };
}

function message(
  name: string,
  title: string,
  summary: string,
  payload: JsonSchema,
  example: unknown,
): JsonSchema {
  return { name, title, summary, payload, examples: [{ payload: example }] };
}

function envelope(book: SchemaBook, name: CommandName, payload: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: { commandId: book.ref(CommandId, 'CommandId'), name: { const: name }, payload },
    required: ['commandId', 'name', 'payload'],
  };
}

function answer(book: SchemaBook, value: JsonSchema, codes: readonly ErrorCode[]): JsonSchema {
  const told = (ok: boolean, name: string, schema: JsonSchema) => ({
    type: 'object',
    properties: { ok: { const: ok }, [name]: schema },
    required: ['ok', name],
  });
  return { oneOf: [told(true, 'value', value), told(false, 'error', refusalOf(book, codes))] };
}
