import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { codeOf, ServerFault } from '../core/server-fault.ts';
import { nearestOf } from './nearest.ts';
import {
  otherVariables,
  settingSpecs,
  type SettingKey,
  type Settings,
  type SettingSpec,
} from './setting-specs.ts';

/** The file in the data folder that sets what the environment does not. */
export const settingsFileName = 'vitrine.json';

/** The settings, and where each came from: a variable, a key of the file, or nowhere (`default`). */
export interface ReadSettings {
  readonly settings: Settings;
  readonly sources: Readonly<Record<SettingKey, string>>;
  /** The file that was read; null where there is none. */
  readonly file: string | null;
}

/** A value as it was given, before anybody looked at it. */
interface Given {
  readonly value: unknown;
  readonly source: string;
  /** What a path in it begins at. */
  readonly base: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const keys = Object.keys(settingSpecs) as SettingKey[];

/**
 * Reads every setting: from the environment, else from `vitrine.json` (in the data folder, or where `VITRINE_CONFIG` says), else
 * its fallback. Every problem is told at once, each with its key, where it stands and what to give; a secret's value never.
 *
 * @throws {ServerFault} `settings-invalid`
 */
export function readSettings(env: Environment, rootDir: string): ReadSettings {
  const problems: string[] = [];
  findMisspelt(env, problems);
  const named = env['VITRINE_CONFIG'] || null;
  const dataDir = resolve(rootDir, env['VITRINE_DATA_DIR'] || settingSpecs.dataDir.fallback);
  const path = named === null ? join(dataDir, settingsFileName) : resolve(rootDir, named);
  const inFile = readFile(path, named !== null, problems);
  if (named === null && inFile && 'dataDir' in inFile) {
    problems.push(
      `dataDir stands in ${path}, which lies in the data folder itself. Name the folder with VITRINE_DATA_DIR, or the file with VITRINE_CONFIG.`,
    );
  }
  const settings: Record<string, unknown> = {};
  const sources: Record<string, string> = {};
  for (const key of keys) {
    const spec: SettingSpec = settingSpecs[key];
    const given = givenIn({ key, spec, env, rootDir, path, inFile, problems });
    sources[key] = given?.source ?? 'default';
    settings[key] = given ? accepted(spec, given, problems) : fallbackOf(spec, rootDir);
  }
  if (settings['backupDir'] !== null && settings['databaseUrl'] !== null) {
    problems.push(
      `${sources['backupDir']} asks for scheduled backups of a PostgreSQL database, which this server does not make. Use pg_dump, and leave it out.`,
    );
  }
  if (problems.length > 0) {
    throw new ServerFault('settings-invalid', problems.join(' '), 'docs/operations.md lists every setting.');
  }
  return {
    settings: settings as unknown as Settings,
    sources: sources as Record<SettingKey, string>,
    file: inFile ? path : null,
  };
}

/** A variable with our name that nearly is one of ours would be passed over in silence. */
function findMisspelt(env: Environment, problems: string[]): void {
  const known = keys.flatMap((key) => {
    const { env: name, isSecret }: SettingSpec = settingSpecs[key];
    return isSecret ? [name, `${name}_FILE`] : [name];
  });
  for (const name of Object.keys(env)) {
    if (!/^(?:VITRINE|METRICS)_/.test(name) || known.includes(name)) continue;
    if (otherVariables.some((other) => other === name)) continue;
    const meant = nearestOf(name, known);
    if (meant) problems.push(`${name} in the environment is not known. Did you mean ${meant}?`);
  }
}

function readFile(path: string, mustBe: boolean, problems: string[]): Record<string, unknown> | null {
  if (!mustBe && !existsSync(path)) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (fault) {
    const why = codeOf(fault);
    problems.push(
      why
        ? `${path} cannot be read (${why}). Mend the path in VITRINE_CONFIG, or the file’s rights.`
        : `${path} is not JSON. Write one object with the settings in it.`,
    );
    return null;
  }
  const parsed = z.safeParse(z.record(z.string(), z.unknown()), json);
  if (!parsed.success) {
    problems.push(`${path} is not one JSON object. Write { "port": 8080 }, for example.`);
    return null;
  }
  const known = keys.flatMap((key) => {
    const { isSecret }: SettingSpec = settingSpecs[key];
    return isSecret ? [key, `${key}File`] : [key];
  });
  for (const key of Object.keys(parsed.data)) {
    if (known.includes(key)) continue;
    const meant = nearestOf(key, known);
    problems.push(
      meant
        ? `${key} in ${path} is not known. Did you mean ${meant}?`
        : `${key} in ${path} is not known. There are: ${known.join(', ')}.`,
    );
  }
  return parsed.data;
}

function givenIn(where: {
  key: SettingKey;
  spec: SettingSpec;
  env: Environment;
  rootDir: string;
  path: string;
  inFile: Record<string, unknown> | null;
  problems: string[];
}): Given | null {
  const { key, spec, env, rootDir, path, inFile, problems } = where;
  const fromEnv = { source: `${spec.env} in the environment`, base: rootDir };
  const fromFile = { source: `${key} in ${path}`, base: dirname(path) };
  const ways: Given[] = [];
  const add = (value: unknown, place: { source: string; base: string }) => {
    // An empty variable is how a compose file says nothing.
    if (value !== undefined && value !== '') ways.push({ value, ...place });
  };
  add(env[spec.env], fromEnv);
  if (spec.isSecret) {
    const variable = env[`${spec.env}_FILE`];
    if (variable) addSecret(variable, { ...fromEnv, source: `${spec.env}_FILE in the environment` });
  }
  const fromEnvironment = ways.length;
  add(inFile?.[key], fromFile);
  if (spec.isSecret && typeof inFile?.[`${key}File`] === 'string') {
    addSecret(String(inFile[`${key}File`]), { ...fromFile, source: `${key}File in ${path}` });
  }
  if (fromEnvironment > 1 || ways.length - fromEnvironment > 1) {
    const twice = fromEnvironment > 1 ? ways.slice(0, 2) : ways.slice(-2);
    problems.push(`${twice.map(({ source }) => source).join(' and ')} set the same. Keep one of them.`);
  }
  return ways[0] ?? null;

  function addSecret(named: string, place: { source: string; base: string }): void {
    const secretPath = resolve(place.base, named);
    try {
      add(readFileSync(secretPath, 'utf8').trim(), place);
    } catch (fault) {
      problems.push(
        `${place.source} names ${secretPath}, which cannot be read (${codeOf(fault) ?? 'unknown'}). Mend the path or the file’s rights.`,
      );
    }
  }
}

function accepted(spec: SettingSpec, { value, source, base }: Given, problems: string[]): unknown {
  const isNumberText = spec.kind === 'number' && typeof value === 'string' && /^\d{1,15}$/.test(value);
  const parsed = z.safeParse(spec.schema, isNumberText ? Number(value) : value);
  if (!parsed.success) {
    const shown = spec.isSecret ? 'not accepted' : JSON.stringify(value)?.slice(0, 100);
    problems.push(`${source} is ${shown}. Give ${spec.accepts}.`);
    return spec.fallback;
  }
  return spec.kind === 'path' ? resolve(base, String(parsed.data)) : parsed.data;
}

function fallbackOf(spec: SettingSpec, rootDir: string): unknown {
  return spec.kind === 'path' && typeof spec.fallback === 'string'
    ? resolve(rootDir, spec.fallback)
    : spec.fallback;
}
