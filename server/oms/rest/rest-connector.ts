import * as z from 'zod/mini';
import type { Sku, StoreId } from '../../../protocol/index.ts';
import {
  omsCalls,
  OmsFault,
  OmsLevel,
  unsupported,
  type AppointmentAsk,
  type AppointmentCancel,
  type AppointmentMove,
  type AppointmentOutcome,
  type AttributeOutcome,
  type CancelOutcome,
  type ClientErase,
  type ClientOutcome,
  type ClientReference,
  type CommitOutcome,
  type ConsentOutcome,
  type ConsentRecord,
  type ContextAsk,
  type ContextOutcome,
  type DraftOutcome,
  type EraseOutcome,
  type ExtendOutcome,
  type ForgetOutcome,
  type HoldAsk,
  type HoldCommit,
  type HoldExtension,
  type HoldOutcome,
  type HoldRelease,
  type LevelOutcome,
  type MoveOutcome,
  type NoteOutcome,
  type NoteRecord,
  type NotesForget,
  type OmsCallName,
  type OmsCapability,
  type OmsCatalogue,
  type OmsConnector,
  type OmsCursor,
  type OmsListener,
  type OmsReading,
  type OmsReply,
  type OmsRequest,
  type OrderAttribution,
  type OrderDraft,
  type OrderPlacement,
  type OrderUpdate,
  type PlaceOutcome,
  type ReleaseOutcome,
  type TransferAsk,
  type TransferOutcome,
  type TransferTimes,
  type UpdateOutcome,
} from '../../../protocol/connector/index.ts';
import { newId } from '../../core/random.ts';
import type { HintFeed } from '../hint-feed.ts';
import { callHouse, type CallerDeps } from '../http-caller.ts';
import type { IdMapping } from '../id-mapping.ts';
import { restPaths } from './rest-calls.ts';
import { signedHeaders } from './signing.ts';

/** What the house told us about itself. */
export interface RestConnectorConfig {
  readonly name: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly capabilities: readonly OmsCapability[];
  /** Signs what is sent. */
  readonly secret: string;
  readonly names: IdMapping;
  readonly feed: HintFeed;
}

/** Levels as they come: each is looked at by itself, for a house may count what the kit does not know. */
const RawReading = z.object({ asOfMs: z.int().check(z.nonnegative()), levels: z.array(z.unknown()) });

/** Any house that answers the kit's signed calls over HTTP and tells of changes by signed webhooks. */
export class RestConnector implements OmsConnector {
  readonly name: string;
  readonly capabilities: ReadonlySet<OmsCapability>;
  readonly #config: RestConnectorConfig;
  readonly #deps: CallerDeps;

  constructor(config: RestConnectorConfig, deps: CallerDeps) {
    this.name = config.name;
    this.capabilities = new Set(config.capabilities);
    this.#config = config;
    this.#deps = deps;
  }

  async levels(): Promise<OmsReading> {
    const reply = z.safeParse(RawReading, await this.#send('levels', {}));
    if (!reply.success) throw misspoke('levels', reply.error);
    const levels = reply.data.levels.flatMap((level) => {
      const parsed = z.safeParse(OmsLevel, level);
      if (parsed.success) return [parsed.data];
      if (isForeign(level)) return [];
      throw misspoke('levels', parsed.error);
    });
    return this.#notAhead({ asOfMs: reply.data.asOfMs, levels });
  }

  level(storeId: StoreId, sku: Sku): Promise<LevelOutcome> {
    return this.#call('level', { storeId, sku });
  }

  subscribe(cursor: OmsCursor | null, listener: OmsListener): () => void {
    if (!this.capabilities.has('subscribe')) throw unsupported(this.name, 'subscribe');
    return this.#config.feed.follow(cursor, listener);
  }

  catalogue(): Promise<OmsCatalogue> {
    return this.#call('catalogue', {});
  }
  hold(ask: HoldAsk): Promise<HoldOutcome> {
    return this.#call('hold', ask);
  }
  extendHold(extension: HoldExtension): Promise<ExtendOutcome> {
    return this.#call('extendHold', extension);
  }
  releaseHold(release: HoldRelease): Promise<ReleaseOutcome> {
    return this.#call('releaseHold', release);
  }
  commitHold(commit: HoldCommit): Promise<CommitOutcome> {
    return this.#call('commitHold', commit);
  }
  findClient(reference: ClientReference): Promise<ClientOutcome> {
    return this.#call('findClient', reference);
  }
  recordConsent(record: ConsentRecord): Promise<ConsentOutcome> {
    return this.#call('recordConsent', record);
  }
  readContext(ask: ContextAsk): Promise<ContextOutcome> {
    return this.#call('readContext', ask);
  }
  eraseClient(erase: ClientErase): Promise<EraseOutcome> {
    return this.#call('eraseClient', erase);
  }
  recordNote(record: NoteRecord): Promise<NoteOutcome> {
    return this.#call('recordNote', record);
  }
  forgetNotes(forget: NotesForget): Promise<ForgetOutcome> {
    return this.#call('forgetNotes', forget);
  }
  draftOrder(draft: OrderDraft): Promise<DraftOutcome> {
    return this.#call('draftOrder', draft);
  }
  updateOrder(update: OrderUpdate): Promise<UpdateOutcome> {
    return this.#call('updateOrder', update);
  }
  placeOrder(placement: OrderPlacement): Promise<PlaceOutcome> {
    return this.#call('placeOrder', placement);
  }
  attributeOrder(attribution: OrderAttribution): Promise<AttributeOutcome> {
    return this.#call('attributeOrder', attribution);
  }
  bookAppointment(ask: AppointmentAsk): Promise<AppointmentOutcome> {
    return this.#call('bookAppointment', ask);
  }
  moveAppointment(move: AppointmentMove): Promise<MoveOutcome> {
    return this.#call('moveAppointment', move);
  }
  cancelAppointment(cancel: AppointmentCancel): Promise<CancelOutcome> {
    return this.#call('cancelAppointment', cancel);
  }
  requestTransfer(ask: TransferAsk): Promise<TransferOutcome> {
    return this.#call('requestTransfer', ask);
  }
  transferTimes(): Promise<TransferTimes> {
    return this.#call('transferTimes', {});
  }

  async #call<Name extends OmsCallName>(name: Name, message: OmsRequest<Name>): Promise<OmsReply<Name>> {
    const { needs, reply } = omsCalls[name];
    if (needs !== null && !this.capabilities.has(needs)) throw unsupported(this.name, name);
    const parsed = z.safeParse(reply, await this.#send(name, message));
    if (!parsed.success) throw misspoke(name, parsed.error);
    return this.#notAhead(parsed.data as OmsReply<Name>);
  }

  /** A house whose clock runs ahead of ours would have its next counts taken for older ones. */
  #notAhead<Reply extends object>(reply: Reply): Reply {
    if (!('asOfMs' in reply) || typeof reply.asOfMs !== 'number') return reply;
    return { ...reply, asOfMs: Math.min(reply.asOfMs, this.#deps.clock.nowMs()) };
  }

  /** The house's answer in our names, not parsed yet. */
  async #send(name: OmsCallName, message: object): Promise<unknown> {
    const { baseUrl, secret, names } = this.#config;
    const { clock, random } = this.#deps;
    const body = JSON.stringify(names.outward(message));
    // A write without a key of its own is one intention all the same, however often it is sent.
    const id = 'key' in message && typeof message.key === 'string' ? message.key : newId(random);
    const url = `${baseUrl}${restPaths[name]}`;
    const call = { id, method: 'POST', path: new URL(url).pathname, body } as const;
    const { json } = await callHouse(
      {
        method: call.method,
        url,
        headers: () => ({
          'content-type': 'application/json',
          accept: 'application/json',
          ...signedHeaders(secret, call, clock.nowMs()),
        }),
        body,
        repeatable: true,
      },
      this.#deps,
    );
    try {
      return names.inward(json);
    } catch (fault) {
      // Nested deeper than the stack.
      throw new OmsFault('misspoke', `The house’s answer to ${name} cannot be read.`, { cause: fault });
    }
  }
}

/** A level of a boutique or SKU whose name is none of ours: it is counted there, and not for us. */
function isForeign(level: unknown): boolean {
  const named = z.safeParse(z.object({ storeId: z.string(), sku: z.string() }), level);
  if (!named.success) return false;
  const { storeId, sku } = named.data;
  return (
    !z.safeParse(OmsLevel.shape.storeId, storeId).success || !z.safeParse(OmsLevel.shape.sku, sku).success
  );
}

function misspoke(call: string, error: z.core.$ZodError): OmsFault {
  const where = error.issues.slice(0, 3).map(({ path }) => path.map(String).join('.') || 'the whole');
  return new OmsFault(
    'misspoke',
    `The house’s answer to ${call} has another form (see: ${where.join(', ')}).`,
  );
}
