import { asyncApi } from './asyncapi.ts';
import { houseOpenApi } from './house-openapi.ts';
import { contractComments } from './named-schemas.ts';
import { openApi } from './openapi.ts';

/** Every file of the published contract by its place in the checkout, as the sources say it now. */
export function contractFiles(): Readonly<Record<string, string>> {
  const docs = contractComments();
  return {
    'docs/api/openapi.json': asText(openApi(docs)),
    'docs/api/asyncapi.json': asText(asyncApi(docs)),
    'docs/connectors/house-openapi.json': asText(houseOpenApi()),
  };
}

function asText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
