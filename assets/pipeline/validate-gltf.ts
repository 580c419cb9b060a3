import { createRequire } from 'node:module';
import * as z from 'zod/mini';

const reportSchema = z.looseObject({
  issues: z.looseObject({
    messages: z.array(
      z.looseObject({
        code: z.string(),
        message: z.string(),
        severity: z.number(),
        pointer: z.optional(z.string()),
      }),
    ),
  }),
});

const SEVERITY_ERROR = 0;

interface Validator {
  readonly validateBytes: (bytes: Uint8Array, options: object) => Promise<unknown>;
}

/** What the Khronos glTF validator calls errors, each as one line. The validator ships no types of its own. */
export async function validateGltf(bytes: Uint8Array): Promise<string[]> {
  const validator = createRequire(import.meta.url)('gltf-validator') as Validator;
  // The validator takes any view for a whole buffer.
  const own = new Uint8Array(bytes);
  const report = reportSchema.parse(await validator.validateBytes(own, { maxIssues: 200 }));
  return report.issues.messages
    .filter(({ severity }) => severity === SEVERITY_ERROR)
    .map(({ code, message, pointer }) => `${code} ${pointer ?? ''} ${message}`);
}
