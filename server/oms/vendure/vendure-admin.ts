import * as z from 'zod/mini';
import { OmsFault } from '../../../protocol/connector/index.ts';
import { callHouse, type CallerDeps } from '../http-caller.ts';

/** Whose rights a call has: an API key is good in the channel that it was made in, and in the default one. */
export interface VendureKey {
  readonly apiKey: string;
  /** The token of a boutique's channel; null for the default channel, in which everything lies. */
  readonly channelToken: string | null;
}

/** One GraphQL operation and the form of its data. */
export interface Operation<Schema extends z.core.$ZodType> {
  readonly text: string;
  readonly data: Schema;
}

const GraphqlReply = z.object({
  data: z.optional(z.unknown()),
  errors: z.optional(
    z.array(z.object({ extensions: z.optional(z.nullable(z.object({ code: z.optional(z.string()) }))) })),
  ),
});

/** What will not pass by itself: the key's rights, the house's set-up, or a call as this Vendure does not know it. */
const lasting: Readonly<Record<string, string>> = {
  FORBIDDEN: 'does not let this key do that',
  UNAUTHORIZED: 'does not know this key',
  CHANNEL_NOT_FOUND: 'has no channel with this token',
  ENTITY_NOT_FOUND: 'does not have what was asked for',
  USER_INPUT_ERROR: 'does not take what was sent',
  BAD_USER_INPUT: 'does not take what was sent',
  GRAPHQL_VALIDATION_FAILED: 'lacks a field that the kit needs',
};

/** Vendure's Admin API: GraphQL over POST, its faults told from its answers. Its own words are not passed on: they may name people. */
export class VendureAdmin {
  readonly #url: string;
  readonly #deps: CallerDeps;

  constructor(url: string, deps: CallerDeps) {
    this.#url = url;
    this.#deps = deps;
  }

  /** @throws {OmsFault} */
  async ask<Schema extends z.core.$ZodType>(
    { text, data }: Operation<Schema>,
    variables: object,
    { apiKey, channelToken }: VendureKey,
  ): Promise<z.output<Schema>> {
    const { json } = await callHouse(
      {
        method: 'POST',
        url: this.#url,
        headers: () => ({
          'content-type': 'application/json',
          accept: 'application/json',
          'vendure-api-key': apiKey,
          ...(channelToken !== null && { 'vendure-token': channelToken }),
        }),
        body: JSON.stringify({ query: text, variables }),
        // Vendure takes no idempotency key: a write that may have arrived is not sent again by itself.
        repeatable: text.startsWith('query'),
        answers: [400],
      },
      this.#deps,
    );
    const reply = z.safeParse(GraphqlReply, json);
    if (!reply.success) throw misspoke(text);
    const [error] = reply.data.errors ?? [];
    if (error) throw faultOf(error.extensions?.code, text);
    const parsed = z.safeParse(data, reply.data.data);
    if (!parsed.success) throw misspoke(text);
    return parsed.data;
  }
}

function faultOf(code: string | undefined, text: string): OmsFault {
  const why = code === undefined ? undefined : lasting[code];
  if (why === undefined) return new OmsFault('unavailable', `Vendure failed at ${nameOf(text)}.`);
  return new OmsFault('refused', `Vendure ${why} (${nameOf(text)}).`);
}

function misspoke(text: string): OmsFault {
  return new OmsFault('misspoke', `Vendure’s answer to ${nameOf(text)} has another form.`);
}

/** The operation’s name, for people. */
function nameOf(text: string): string {
  return /^\w+ (\w+)/.exec(text)?.[1] ?? 'a call';
}
