import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tableOf } from '../../bench/bench-result.ts';
import { benches } from '../../bench/benches.ts';
import { writeBenchPages } from '../../bench/pages.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir, shortPath } from '../support/paths.ts';

/** `npm run bench [-- NAME …]`: runs all benchmarks or the named ones, prints each table, keeps each result, and shows it in `docs/precision.md` or `docs/capacity.md`. */
export async function run(args: readonly string[]): Promise<number> {
  const names = Object.keys(benches);
  const unknown = args.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new CommandError(
      'unknown-bench',
      `There is no benchmark "${unknown}".`,
      `There are: ${names.join(', ')}.`,
    );
  }
  for (const [name, bench] of Object.entries(benches)) {
    if (args.length > 0 && !args.includes(name)) continue;
    console.log(`${name} …`);
    const result = await bench();
    const file = path.join(rootDir, `bench/results/${name}.json`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
    console.log(
      `\n${tableOf(result)}\n\nreference: ${result.reference}\n${result.machine}\nkept in ${shortPath(file)}\n`,
    );
  }
  await writeBenchPages();
  return 0;
}
