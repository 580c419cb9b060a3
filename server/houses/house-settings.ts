import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod/mini';
import {
  Locale,
  MaisonId,
  OpeningHours,
  Season,
  StoreId,
  type BoutiqueContent,
  type Catalogue,
} from '../../protocol/index.ts';
import { codeOf, ServerFault } from '../core/server-fault.ts';
import { SaleSettings } from '../sale/sale-settings.ts';

const days = (longest: number, shortest = 1) => z.int().check(z.minimum(shortest), z.maximum(longest));

/** For how long a Maison keeps what its boutiques leave behind. */
export const Retention = z.strictObject({
  /** Closed visits with their events and holds. Advisors see those of the last week. */
  sessionDays: z._default(days(3_650, 7), 90),
  /** Lines of the audit trail. */
  auditDays: z._default(days(3_650, 30), 730),
  /** Answers to commands, for devices that did not hear them. */
  answerHours: z._default(z.int().check(z.minimum(1), z.maximum(168)), 24),
});
export type Retention = z.infer<typeof Retention>;

const BoutiqueSettings = z.strictObject({
  /** The language its screens begin in; the seed's where none is given. */
  language: z.optional(Locale),
  season: z.optional(Season),
  story: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,80}$/))),
  openingHours: z.optional(OpeningHours),
});

const Locales = z.array(Locale).check(
  z.minLength(1),
  z.refine((locales) => new Set(locales).size === locales.length),
);

/** What one Maison has settled for itself. */
export const MaisonSettings = z.strictObject({
  /** Raised by one, it ends every token and every unused code of the Maison, and of no other. */
  keyGeneration: z._default(z.int().check(z.minimum(1), z.maximum(1_000_000)), 1),
  /** The languages that its screens offer. */
  locales: z._default(Locales, () => [...Locale.options]),
  /** Its catalogue, theme, pieces and stories; relative to the data folder. */
  collectionDir: z.optional(z.string().check(z.minLength(1), z.maxLength(1_000))),
  retention: z._default(Retention, () => z.parse(Retention, {})),
  boutiques: z._default(z.record(StoreId, BoutiqueSettings), () => ({})),
  /** Collections, appointments, and who is credited. */
  sale: z._default(SaleSettings, () => z.parse(SaleSettings, {})),
});
export type MaisonSettings = z.infer<typeof MaisonSettings>;

const HousesFile = z.strictObject({
  schemaVersion: z.literal(1),
  maisons: z.record(MaisonId, MaisonSettings),
});

const usual = z.parse(MaisonSettings, {});

/** Every Maison's settings; one that has settled nothing has the usual ones. */
export class HouseSettings {
  readonly #maisons: ReadonlyMap<MaisonId, MaisonSettings>;

  constructor(maisons: ReadonlyMap<MaisonId, MaisonSettings> = new Map()) {
    this.#maisons = maisons;
  }

  /** One Maison's. */
  of(maisonId: MaisonId): MaisonSettings {
    return this.#maisons.get(maisonId) ?? usual;
  }

  /** Every Maison that has settled something. */
  named(): ReadonlyMap<MaisonId, MaisonSettings> {
    return this.#maisons;
  }

  /** The language that a boutique's screens begin in. */
  language(maisonId: MaisonId, storeId: StoreId, otherwise: Locale): Locale {
    const { boutiques, locales } = this.of(maisonId);
    const chosen = boutiques[storeId]?.language ?? otherwise;
    return locales.includes(chosen) ? chosen : (locales[0] ?? otherwise);
  }

  /** What one boutique's devices are told. */
  content(maisonId: MaisonId, storeId: StoreId): BoutiqueContent {
    const { boutiques, locales } = this.of(maisonId);
    const { season, story, openingHours } = boutiques[storeId] ?? {};
    return {
      locales,
      ...(season !== undefined && { season }),
      ...(story !== undefined && { story }),
      ...(openingHours !== undefined && { openingHours }),
    };
  }
}

/**
 * Reads `houses.json` of a data folder; the usual settings where there is none. Refusals name the key.
 *
 * @throws {ServerFault} `houses-invalid`
 */
export async function readHouseSettings(dataDir: string): Promise<HouseSettings> {
  const path = join(dataDir, 'houses.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return new HouseSettings();
    throw invalid(`${path} cannot be read.`, fault);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (fault) {
    throw invalid(`${path} is not JSON: ${fault instanceof Error ? fault.message : ''}.`, fault);
  }
  const parsed = z.safeParse(HousesFile, json);
  if (!parsed.success) {
    const keys = parsed.error.issues.slice(0, 5).map(({ path: at, code, message, ...issue }) => {
      const unknown = 'keys' in issue && Array.isArray(issue.keys) ? ` (${issue.keys.join(', ')})` : '';
      const why = code === 'custom' && message !== 'Invalid input' ? message : code.replaceAll('_', ' ');
      return `${at.map(String).join('.') || 'the whole'}: ${why}${unknown}`;
    });
    throw invalid(`${path} has another form: ${keys.join('; ')}.`);
  }
  const maisons = Object.entries(parsed.data.maisons).map(([maisonId, settings]) => {
    checkLanguages(path, maisonId, settings);
    const { collectionDir } = settings;
    if (collectionDir === undefined || isAbsolute(collectionDir)) return [maisonId, settings] as const;
    return [maisonId, { ...settings, collectionDir: join(dataDir, collectionDir) }] as const;
  });
  return new HouseSettings(new Map(maisons));
}

function checkLanguages(path: string, maisonId: MaisonId, { locales, boutiques }: MaisonSettings): void {
  for (const [storeId, { language }] of Object.entries(boutiques)) {
    if (language === undefined || locales.includes(language)) continue;
    throw invalid(
      `${path}: maisons.${maisonId}.boutiques.${storeId}.language is ${language}, which the Maison’s locales do not name.`,
    );
  }
}

/** What a server has, for settings to be compared with. */
export interface KnownHouse {
  readonly maisonId: MaisonId;
  readonly storeIds: readonly StoreId[];
  readonly catalogue: Catalogue | undefined;
}

/**
 * Compares settings with what there is: a name that is misspelt would otherwise be a setting that nobody obeys.
 *
 * @throws {ServerFault} `houses-invalid`
 */
export function checkSettings(settings: HouseSettings, houses: readonly KnownHouse[]): void {
  for (const [maisonId, { boutiques, collectionDir, sale }] of settings.named()) {
    const at = `houses.json: maisons.${maisonId}`;
    const house = houses.find((one) => one.maisonId === maisonId);
    if (!house)
      throw invalid(`${at} is no Maison of this server. It has ${list(houses.map((one) => one.maisonId))}.`);
    if (collectionDir !== undefined && !house.catalogue) {
      throw invalid(`${at}.collectionDir: there is no catalogue.json in ${collectionDir}.`);
    }
    checkRegions(at, sale, house.storeIds);
    for (const [storeId, { story }] of Object.entries(boutiques)) {
      if (!house.storeIds.includes(storeId)) {
        throw invalid(`${at}.boutiques.${storeId} is no boutique of it. It has ${list(house.storeIds)}.`);
      }
      const stories = house.catalogue?.stories.map(({ id }) => id) ?? [];
      if (story !== undefined && !stories.includes(story)) {
        throw invalid(`${at}.boutiques.${storeId}.story is ${story}. The catalogue tells ${list(stories)}.`);
      }
    }
  }
}

/** Every boutique is of one region at most, and is one that there is. */
function checkRegions(at: string, { attribution }: SaleSettings, storeIds: readonly StoreId[]): void {
  const seen = new Map<StoreId, string>();
  for (const [region, { boutiques }] of Object.entries(attribution.regions)) {
    for (const storeId of boutiques) {
      const where = `${at}.sale.attribution.regions.${region}`;
      if (!storeIds.includes(storeId))
        throw invalid(`${where} names ${storeId}, which is no boutique of it. It has ${list(storeIds)}.`);
      const other = seen.get(storeId);
      if (other !== undefined) throw invalid(`${where} names ${storeId}, which is of ${other} already.`);
      seen.set(storeId, region);
    }
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

function invalid(message: string, cause?: unknown): ServerFault {
  return new ServerFault('houses-invalid', message, 'See docs/operations.md, “Maisons”, for what it holds.', {
    cause,
  });
}
