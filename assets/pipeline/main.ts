/** `node assets/pipeline/main.ts FILE…` checks GLB files as an agency would before it hands them in. */
import { readFile } from 'node:fs/promises';
import { checkGlb } from './check-glb.ts';

let refused = 0;
for (const file of process.argv.slice(2)) {
  const result = await checkGlb(new Uint8Array(await readFile(file)));
  if (result.ok) {
    const { triangles, bytes, drawCalls, extensions } = result.value;
    console.log(
      `${file}: accepted, ${triangles} triangles, ${bytes} bytes, ${drawCalls} draw calls, ${extensions.join(' ')}`,
    );
  } else {
    refused += 1;
    console.error(`${file}: ${result.error.code}. ${result.error.message}`);
  }
}
process.exitCode = refused > 0 ? 1 : 0;
