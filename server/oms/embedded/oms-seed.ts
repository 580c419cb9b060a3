import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import {
  Advisor,
  AdvisorId,
  ClientFact,
  FactReason,
  Locale,
  MaisonId,
  Sku,
  Store,
  StoreId,
} from '../../../protocol/index.ts';
import { faultLine, schemaFaults } from '../../../protocol/schema-fault.ts';
import { codeOf, ServerFault } from '../../core/server-fault.ts';

/** A fact as a house's staff would write it down. Its purpose follows from its kind. */
const SeedFact = z.object({
  fact: ClientFact,
  source: z.string().min(1).max(80),
  /** `2026-05-12`. */
  on: z.iso.date(),
  reason: FactReason,
});

/** What a demo Maison's own systems hold on the first day: `collections/<maison>/oms-seed.json`. Never served. */
export const OmsSeed = z
  .object({
    schemaVersion: z.literal(1),
    maison: z.object({ id: MaisonId, name: z.string().min(1) }),
    /** The PIN of every demo advisor of the house; printed at the start, kept as a hash. */
    demoPin: z.string().regex(/^\d{4,8}$/),
    stores: z.array(Store).min(1),
    advisors: z.array(z.object({ ...Advisor.shape, id: AdvisorId, storeId: StoreId })),
    clients: z.array(
      z.object({
        id: z.string().min(1),
        storeId: StoreId,
        name: z.string(),
        locale: Locale,
        /** The number on their loyalty card, where they have one. */
        card: z.string().min(1).optional(),
        /** What the house knows of them, each with its day. */
        facts: z.array(SeedFact).optional(),
      }),
    ),
    levels: z.array(z.object({ storeId: StoreId, sku: Sku, onHand: z.int().nonnegative() })),
    /** How long a piece is on its way between boutiques. */
    transferHours: z
      .array(z.object({ fromStoreId: StoreId, toStoreId: StoreId, hours: z.int().nonnegative() }))
      .default([]),
  })
  .refine(
    ({ stores, advisors, clients, levels, transferHours }) => {
      const known = new Set(stores.map(({ id }) => id));
      return (
        [...advisors, ...clients, ...levels].every(({ storeId }) => known.has(storeId)) &&
        transferHours.every(({ fromStoreId, toStoreId }) => known.has(fromStoreId) && known.has(toStoreId))
      );
    },
    { message: 'an advisor, a client, a level or a way names a boutique that the seed does not have' },
  );
export type OmsSeed = z.infer<typeof OmsSeed>;

/**
 * Reads the seeds of every Maison in `collectionsDir`, in the order of their names.
 *
 * @throws {ServerFault} `collections-invalid`
 */
export async function readSeeds(collectionsDir: string): Promise<OmsSeed[]> {
  const folders = await readdir(collectionsDir, { withFileTypes: true }).catch((fault: unknown) => {
    throw invalid(collectionsDir, 'cannot be read', fault);
  });
  const seeds: OmsSeed[] = [];
  for (const name of folders
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()) {
    const path = join(collectionsDir, name, 'oms-seed.json');
    const seed = await readJson(path, OmsSeed);
    if (seed && seed.maison.id !== name) throw invalid(path, `belongs to the Maison ${seed.maison.id}`);
    if (seed) seeds.push(seed);
  }
  return seeds;
}

/**
 * Reads and parses one data file of a collection; null where there is none.
 *
 * @throws {ServerFault} `collections-invalid`
 */
export async function readJson<Schema extends z.core.$ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return null;
    throw invalid(path, 'cannot be read', fault);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw invalid(path, 'is not JSON', fault);
  }
  const parsed = z.safeParse(schema, value);
  if (!parsed.success) {
    const faults = schemaFaults(parsed.error, value).map((fault) => faultLine(fault));
    throw invalid(path, `has another form: ${faults.join('; ')}`);
  }
  return parsed.data;
}

function invalid(path: string, how: string, cause?: unknown): ServerFault {
  return new ServerFault(
    'collections-invalid',
    `${path} ${how}.`,
    'Restore the file from the repository or correct it.',
    { cause },
  );
}
