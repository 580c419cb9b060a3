import { apiPage, apiPageFile } from './api-page.ts';
import { asText } from './as-text.ts';
import { asyncApi } from './asyncapi.ts';
import type { Contract } from './breaking-changes.ts';
import { houseOpenApi } from './house-openapi.ts';
import { contractComments } from './named-schemas.ts';
import { openApi } from './openapi.ts';

/** The contract as the sources say it now. */
export function contractNow(): Contract {
  const docs = contractComments();
  return { openapi: openApi(docs), asyncapi: asyncApi(docs) };
}

/** Every file of the contract by its place in the checkout. */
export function contractFiles(
  { openapi, asyncapi }: Contract = contractNow(),
): Readonly<Record<string, string>> {
  return {
    'docs/api/openapi.json': asText(openapi),
    'docs/api/asyncapi.json': asText(asyncapi),
    'docs/connectors/house-openapi.json': asText(houseOpenApi()),
    [apiPageFile]: apiPage(contractComments()),
  };
}
