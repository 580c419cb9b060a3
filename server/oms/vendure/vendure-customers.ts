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
      const title = `Vitrine consent ${key}`;
      if (await this.#hasNote(clientId, title)) return { kind: 'recorded' };
      const note = `${title}\n${JSON.stringify({ ...said, at: new Date(said.atMs).toISOString() })}`;
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

  async #hasNote(id: string, title: string): Promise<boolean> {
    for (let skip = 0; ;) {
      const { customer } = await this.#admin.ask(Notes, { id, skip }, this.#key);
      const { items = [], totalItems = 0 } = customer?.history ?? {};
      if (items.some(({ data }) => data.note?.split('\n')[0] === title)) return true;
      skip += items.length;
      if (items.length === 0 || skip >= totalItems) return false;
    }
  }
}
