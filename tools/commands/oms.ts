import { runOms } from '../support/oms.ts';
import { rootDir } from '../support/paths.ts';

/** `npm run oms`: reads and changes the embedded order-management system of a running server, over HTTP. */
export async function run(args: readonly string[]): Promise<number> {
  console.log(await runOms(args, process.env, rootDir));
  return 0;
}
