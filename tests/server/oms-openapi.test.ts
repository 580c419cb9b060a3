import path from 'node:path';
import { expect, it } from 'vitest';
import { houseOpenApi } from '../../server/oms/rest/house-openapi.ts';
import { rootDir } from '../../tools/support/paths.ts';

it('what a house answers is published as the schemas that parse it say', async () => {
  const told =
    'docs/connectors/house-openapi.json differs from the schemas. "npx vitest run tests/server/oms-openapi.test.ts -u" brings it along';
  await expect(`${JSON.stringify(houseOpenApi(), null, 2)}\n`, told).toMatchFileSnapshot(
    path.join(rootDir, 'docs/connectors/house-openapi.json'),
  );
});
