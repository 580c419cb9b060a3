import type { ReadSettings } from '../../server/settings/read-settings.ts';
import { readSettings } from '../../server/settings/read-settings.ts';
import type { Settings } from '../../server/settings/setting-specs.ts';
import { CommandError } from '../support/command-error.ts';

/** How `npm start` was called. */
export interface StartOptions {
  readonly help: boolean;
  readonly reset: boolean;
  readonly lan: boolean;
  /** Whether the settings are to be shown instead of a start. */
  readonly printConfig: boolean;
  readonly settings: Settings;
  readonly read: ReadSettings;
}

export const startUsage = `npm start [-- options]
  --reset          begin anew: forget every device, session and level
  --lan            serve HTTPS for a kiosk and a tablet on one network
  --print-config   show every setting in force and where it comes from
  --help           this text
Settings come from the environment (PORT, VITRINE_DATA_DIR, PUBLIC_URL, DATABASE_URL, VITRINE_LOG, METRICS_PORT, …), else from
  vitrine.json in the data folder, or from the file that VITRINE_CONFIG names. All of them: docs/operations.md`;

/**
 * Reads the command line and the settings.
 *
 * @throws {CommandError} `unknown-option`
 * @throws {ServerFault} `settings-invalid`
 */
export function readStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  rootDir: string,
): StartOptions {
  const known = new Set(['--help', '--reset', '--lan', '--print-config']);
  const unknown = args.find((arg) => !known.has(arg));
  if (unknown !== undefined) {
    throw new CommandError('unknown-option', `npm start does not know "${unknown}".`, startUsage);
  }
  const read = readSettings(env, rootDir);
  return {
    help: args.includes('--help'),
    reset: args.includes('--reset'),
    lan: args.includes('--lan'),
    printConfig: args.includes('--print-config'),
    settings: read.settings,
    read,
  };
}
