import type {
  ClientOutcome,
  ClientReference,
  ConsentOutcome,
  ConsentRecord,
} from '../../../protocol/connector/index.ts';
import type { MedusaAdmin } from './medusa-admin.ts';
import { OneCustomer } from './medusa-replies.ts';

/**
 * Begins the mark on a customer that is one consent; its key is the rest. Medusa leaves marks as they are that a call does not name, so two
 * that come at one moment keep each other.
 */
const consentMark = 'vitrine_consent_';

/** Medusa has no loyalty cards and does not search by marks: a house prints the customer's id on its cards. */
export async function findCustomer(admin: MedusaAdmin, { value }: ClientReference): Promise<ClientOutcome> {
  // An id of any other form would be a path of its own.
  if (!/^cus_\w{10,60}$/.test(value)) return { kind: 'unknown-client' };
  const reply = await admin.get(`/admin/customers/${value}`, OneCustomer);
  if (reply === 'not-found' || reply === 'not-allowed') return { kind: 'unknown-client' };
  const { id, first_name: first, last_name: last } = reply.customer;
  const name = [first, last].filter(Boolean).join(' ') || id;
  return { kind: 'found', client: { id, name, locale: null, homeStoreId: null } };
}

/** Lays a consent down with the customer; the same key lies there once. */
export async function recordConsent(admin: MedusaAdmin, record: ConsentRecord): Promise<ConsentOutcome> {
  const { key, clientId, ...said } = record;
  const found = await findCustomer(admin, { kind: 'client-id', value: clientId });
  if (found.kind === 'unknown-client') return found;
  const metadata = { [`${consentMark}${key}`]: said };
  const reply = await admin.post(`/admin/customers/${clientId}`, { metadata }, OneCustomer);
  if (reply === 'not-found' || reply === 'not-allowed') return { kind: 'unknown-client' };
  return { kind: 'recorded' };
}
