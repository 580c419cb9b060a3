import { censored } from '../core/redact.ts';
import type { ReadSettings } from './read-settings.ts';
import { settingSpecs, type SettingKey, type SettingSpec } from './setting-specs.ts';

/** The settings as they are in force, one a line: key, value (a secret's is hidden), where it came from. */
export function showSettings({ settings, sources, file }: ReadSettings): string {
  const rows = (Object.keys(settingSpecs) as SettingKey[]).map((key) => {
    const spec: SettingSpec = settingSpecs[key];
    const value = settings[key];
    const shown = value === null ? '–' : spec.isSecret ? censored : String(value);
    return [key, shown, sources[key]] as const;
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    ([key, shown, source]) => `${key.padEnd(widths[0] ?? 0)}  ${shown.padEnd(widths[1] ?? 0)}  ${source}`,
  );
  return [file ? `Read from the environment and ${file}:` : 'Read from the environment:', ...lines].join(
    '\n',
  );
}

/** The rows of the table of settings in docs/operations.md, cell by cell. */
export function settingsTable(): readonly (readonly string[])[] {
  return (Object.keys(settingSpecs) as SettingKey[]).map((key) => {
    const spec: SettingSpec = settingSpecs[key];
    const variable = spec.isSecret ? `\`${spec.env}\`, \`${spec.env}_FILE\`` : `\`${spec.env}\``;
    const inFile = spec.isSecret ? `\`${key}\`, \`${key}File\`` : `\`${key}\``;
    return [variable, inFile, spec.fallbackText ?? `\`${String(spec.fallback)}\``, spec.what];
  });
}
