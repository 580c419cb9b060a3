import { protocolVersion, WireError, type ErrorCode } from '../../protocol/index.ts';
import { routes, type RouteName } from '../../server/http/route-table.ts';
import { refusalsOf, type Route } from '../../server/http/routes/route.ts';
import { statusOf } from '../../server/http/wire-errors.ts';
import { signatureHeaders } from '../../server/oms/rest/signing.ts';
import type { DocComments } from './doc-comments.ts';
import { namedSchemas } from './named-schemas.ts';
import { routeExamples } from './route-examples.ts';
import { plainSchema, SchemaBook, type JsonSchema } from './schema-book.ts';
import { signedHeaderParameters } from './signed-headers.ts';

const description = `What a boutique’s server answers over HTTP. What happens live is told over a socket: see the AsyncAPI document beside this one.

Every body is JSON in UTF-8. A refusal is a \`WireError\`: act on its \`code\`, never on its \`message\`. A reader passes over fields that it does not know. No answer may be cached.

\`info.version\` is the version of the contract (\`protocolVersion\`). It grows when an older peer would misread a newer one.`;

/** Whoever has a token says it so. */
const securitySchemes = {
  operatorToken: {
    type: 'http',
    scheme: 'bearer',
    description:
      'The operator’s token, from the file `operator-token` of the server’s data folder: every Maison.',
  },
  consoleToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A console’s device token, from `POST /api/devices/token`: its own Maison, and no other.',
  },
  houseSignature: {
    type: 'apiKey',
    in: 'header',
    name: signatureHeaders.signature,
    description: 'A Maison’s own system signs every message by a key agreed in `connectors.json`.',
  },
};

const securityOf: Readonly<Record<Route['caller'], readonly Record<string, readonly string[]>[]>> = {
  anyone: [],
  operator: [{ operatorToken: [] }, { consoleToken: [] }],
  house: [{ houseSignature: [] }],
};

/** The HTTP API as an OpenAPI 3.1 document, made of the table that the server serves it by. */
export function openApi(docs: DocComments): JsonSchema {
  const book = new SchemaBook(namedSchemas, docs);
  const paths: Record<string, JsonSchema> = {};
  for (const name of Object.keys(routes) as RouteName[]) {
    const row: Route = routes[name];
    const path = row.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operation(book, name, row, docs) };
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Vitrine, over HTTP', version: String(protocolVersion), description },
    servers: [
      {
        url: '{address}',
        description: 'A boutique’s server.',
        variables: {
          address: {
            default: 'http://localhost:8080',
            description: 'Where it listens; HTTPS for whatever comes from another machine.',
          },
        },
      },
    ],
    tags: [
      { name: 'config', description: 'What is known before anybody is.' },
      { name: 'contract', description: 'This contract itself.' },
      { name: 'device', description: 'How a browser becomes a device, and proves that it is one.' },
      { name: 'oms', description: 'Stock and its order-management systems, for operators and houses.' },
      { name: 'epcis', description: 'RFID reads, in the words of GS1 EPCIS 2.0.' },
    ].filter(({ name }) => Object.keys(routes).some((route) => tagOf(route) === name)),
    paths,
  };
  const components = { schemas: book.referredTo(paths, 'draft-2020-12'), securitySchemes };
  return { ...document, components };
}

/** The name of an operation in the document: `device.enrol` is `deviceEnrol`. */
export function operationIdOf(name: string): string {
  return name.replaceAll(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function tagOf(name: string): string {
  return name.split('.')[0] ?? name;
}

function operation(book: SchemaBook, name: RouteName, row: Route, docs: DocComments): JsonSchema {
  const id = operationIdOf(name);
  const title = id.charAt(0).toUpperCase() + id.slice(1);
  const example: { readonly body?: unknown; readonly reply: unknown } = routeExamples[name];
  const parameters = [
    ...fieldsOf(row.params, 'path'),
    ...fieldsOf(row.query, 'query'),
    ...(row.caller === 'house' ? signedHeaderParameters : []),
  ];
  const limits = limitsOf(row);
  return {
    operationId: id,
    tags: [tagOf(name)],
    summary: row.summary,
    ...(limits !== '' && { description: limits }),
    security: securityOf[row.caller],
    ...(parameters.length > 0 && { parameters }),
    ...(row.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: book.ref(row.body, `${title}Request`), example: example.body },
        },
      },
    }),
    responses: {
      [row.status ?? 200]: {
        description: 'Done.',
        ...(row.headers && { headers: headersOf(row.headers) }),
        content: {
          'application/json': { schema: book.ref(row.reply, `${title}Reply`), example: example.reply },
        },
      },
      ...refusals(book, refusalsOf(row), docs),
    },
  };
}

function fieldsOf(schema: Route['params'], place: 'path' | 'query'): JsonSchema[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = plainSchema(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: field,
  }));
}

function headersOf(headers: Readonly<Record<string, string>>): JsonSchema {
  const told = Object.entries(headers).map(([name, words]) => [
    name,
    { description: words, schema: { type: 'string' } },
  ]);
  return Object.fromEntries(told) as JsonSchema;
}

/** One response for each status, with the codes that it may carry. */
function refusals(book: SchemaBook, codes: readonly ErrorCode[], docs: DocComments): JsonSchema {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(statusOf[code], [...(byStatus.get(statusOf[code]) ?? []), code]);
  const responses = [...byStatus].map(([status, some]) => [
    status,
    {
      description: some.map((code) => `\`${code}\`: ${docs.get(`errorCodes.${code}`)}.`).join(' '),
      ...(status === 429 && {
        headers: {
          'retry-after': { description: 'Seconds until it may be tried again.', schema: { type: 'integer' } },
        },
      }),
      content: { 'application/json': { schema: refusalOf(book, some) } },
    },
  ]);
  return Object.fromEntries(responses) as JsonSchema;
}

/** A `WireError` with one of these codes. */
export function refusalOf(book: SchemaBook, codes: readonly ErrorCode[]): JsonSchema {
  return { allOf: [book.ref(WireError, 'WireError')], properties: { code: { enum: codes } } };
}

function limitsOf({ perAddress, perHouse, perMaison, perDevice, maxBodyBytes }: Route): string {
  const told: string[] = [];
  if (perHouse) told.push(`${perHouse.burst} at once by one Maison, then ${perHouse.perSecond} a second.`);
  if (perMaison)
    told.push(`${perMaison.burst} at once for one Maison, then ${perMaison.perSecond} a second.`);
  if (perAddress) {
    const who = perHouse ? 'without a good signature from one address' : 'from one address';
    told.push(`${perAddress.burst} at once ${who}, then ${perAddress.perSecond} a second.`);
  }
  if (perDevice) told.push(`${perDevice.burst} at once by one device, then ${perDevice.perSecond} a second.`);
  if (maxBodyBytes !== undefined) told.push(`At most ${maxBodyBytes} bytes.`);
  return told.join(' ');
}
