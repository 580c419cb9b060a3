import * as z from 'zod/mini';
import type {
  ClientOutcome,
  ClientReference,
  ConsentOutcome,
  ConsentRecord,
} from '../../../protocol/connector/index.ts';
import { Turns } from '../turns.ts';
import type { VendureAdmin, VendureKey } from './vendure-admin.ts';

const Person = z.object({ id: z.string(), firstName: z.string(), lastName: z.string() });

const ById = {
  text: `query VitrineCustomer($id: ID!) { customer(id: $id) { id firstName lastName } }`,
  data: z.object({ customer: z.nullable(Person) }),
};

function byCard(field: string) {
  return {
    text: `query VitrineCard($value: String!) {
  customers(options: { filter: { ${field}: { eq: $value } }, take: 2 }) {
    items { id firstName lastName customFields { card: ${field} } }
  }
}`,
    data: z.object({
      customers: z.object({
        items: z.array(z.extend(Person, { customFields: z.object({ card: z.nullable(z.string()) }) })),
      }),
    }),
  };
}

const Notes = {
  text: `query VitrineNotes($id: ID!, $skip: Int!) {
  customer(id: $id) {
    history(options: { filter: { type: { eq: "CUSTOMER_NOTE" } }, sort: { createdAt: DESC }, take: 100, skip: $skip }) {
      totalItems
      items { data }
    }
  }
}`,
  data: z.object({
    customer: z.nullable(
      z.object({
        history: z.object({
          totalItems: z.int(),
          items: z.array(z.object({ data: z.object({ note: z.optional(z.string()) }) })),
        }),
      }),
    ),
  }),
};

const AddNote = {
  text: `mutation VitrineConsent($id: ID!, $note: String!) {
  addNoteToCustomer(input: { id: $id, note: $note, isPublic: false }) { id }
}`,
  data: z.object({ addNoteToCustomer: z.object({ id: z.string() }) }),
};

/** Begins the note that is a consent; its key is the rest of the line, and what was said is the next. */
const titleStart = 'Vitrine consent ';

/** What is read of our own notes. */
const Said = z.object({ purpose: z.string(), atMs: z.number() });

/** Vendure's ids: numbers, or UUIDs where the house chose so. Anything else would be a fault of its database. */
export function isVendureId(value: string): boolean {
  return /^(?:[1-9]\d{0,8}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.test(value);
}

/** Clients as Vendure's customers; consents as private notes on them, which staff read beside the rest of their history. */
export class VendureCustomers {
  readonly #admin: VendureAdmin;
  readonly #key: VendureKey;
  readonly #cardField: string | null;
  /** Two of one process that record under one key must not both find nothing. */
  readonly #turns = new Turns();

  constructor(deps: { admin: VendureAdmin; key: VendureKey; cardField: string | null }) {
    this.#admin = deps.admin;
    this.#key = deps.key;
    this.#cardField = deps.cardField;
  }

  async find({ kind, value }: ClientReference): Promise<ClientOutcome> {
    const person = kind === 'client-id' ? await this.#byId(value) : await this.#byCard(value);
    if (!person) return { kind: 'unknown-client' };
    const name = [person.firstName, person.lastName].filter(Boolean).join(' ').slice(0, 200) || person.id;
    return { kind: 'found', client: { id: person.id, name, locale: null, homeStoreId: null } };
  }

  async knows(id: string): Promise<boolean> {
    return (await this.#byId(id)) !== null;
  }

  async recordConsent({ key, clientId, ...said }: ConsentRecord): Promise<ConsentOutcome> {
    return await this.#turns.take(clientId, async () => {
      if (!(await this.knows(clientId))) return { kind: 'unknown-client' };
      const title = `${titleStart}${key}`;
      const before = await this.#notes(clientId);
      if (before.some((note) => titleOf(note) === title)) return { kind: 'recorded' };
      const at = new Date(said.atMs).toISOString();
      // Staff read the newest note first: one that arrives after a later word says that it does not count.
      const overtaken = before.some((note) => isLater(note, said)) ? { overtaken: true } : {};
      const note = `${title}\n${JSON.stringify({ ...said, at, ...overtaken })}`;
      await this.#admin.ask(AddNote, { id: clientId, note }, this.#key);
      return { kind: 'recorded' };
    });
  }

  async #byId(id: string) {
    if (!isVendureId(id)) return null;
    return (await this.#admin.ask(ById, { id }, this.#key)).customer;
  }

  async #byCard(value: string) {
    if (this.#cardField === null) return null;
    const { customers } = await this.#admin.ask(byCard(this.#cardField), { value }, this.#key);
    // Some databases compare without case; and a card that two people have is nobody's.
    const owners = customers.items.filter(({ customFields }) => customFields.card === value);
    return owners.length === 1 ? (owners[0] ?? null) : null;
  }

  async #notes(id: string): Promise<string[]> {
    const notes: string[] = [];
    for (let skip = 0; ;) {
      const { customer } = await this.#admin.ask(Notes, { id, skip }, this.#key);
      const { items = [], totalItems = 0 } = customer?.history ?? {};
      notes.push(...items.flatMap(({ data }) => data.note ?? []));
      skip += items.length;
      if (items.length === 0 || skip >= totalItems) return notes;
    }
  }
}

function titleOf(note: string): string | undefined {
  return note.split('\n')[0];
}

/** Whether a note of ours says something later of the same purpose. */
function isLater(note: string, { purpose, atMs }: Pick<ConsentRecord, 'purpose' | 'atMs'>): boolean {
  if (!note.startsWith(titleStart)) return false;
  const said = z.safeParse(Said, parsed(note.split('\n')[1]));
  return said.success && said.data.purpose === purpose && said.data.atMs > atMs;
}

/** Null where it is no JSON: staff may have written in it. */
function parsed(json = ''): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
