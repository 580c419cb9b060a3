import * as z from 'zod/mini';
import { omsCalls, type OmsCallName } from '../../protocol/connector/index.ts';
import { WebhookBody } from '../../server/oms/inbox.ts';
import { restPaths } from '../../server/oms/rest/rest-calls.ts';
import { replayWindowMs } from '../../server/oms/rest/signing.ts';
import { signedHeaderParameters } from './signed-headers.ts';

const json = (schema: z.core.$ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...body } = z.toJSONSchema(schema, { io });
  return { 'application/json': { schema: body } };
};

/**
 * What a house answers to be spoken to by the signed REST connector, and what it may send, as an OpenAPI 3.1 document. Made of the
 * very schemas that parse both.
 */
export function houseOpenApi(): object {
  const paths = Object.entries(omsCalls).map(([name, { needs, request, reply }]) => {
    const post = {
      operationId: name,
      summary: needs === null ? 'Every house.' : `Houses with the capability ${needs}.`,
      parameters: signedHeaderParameters,
      requestBody: { required: true, content: json(request, 'input') },
      responses: {
        200: { description: 'What came of it.', content: json(reply, 'output') },
        401: { description: 'Not signed by an agreed key, or too long ago.' },
        429: { description: 'Ask again after `Retry-After` seconds.' },
        503: { description: 'Not now; `Retry-After` may say when.' },
      },
    };
    return [restPaths[name as OmsCallName], { post }] as const;
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'A house that Vitrine speaks to',
      version: '1',
      description: `Every call is a POST of JSON, signed. A message signed more than ${replayWindowMs / 60_000} minutes ago is refused.`,
    },
    paths: Object.fromEntries(paths),
    webhooks: {
      changed: {
        post: {
          summary: 'Sent to `/api/oms/webhooks/<maison>` of the kit: something may have changed there.',
          parameters: signedHeaderParameters,
          requestBody: { required: true, content: json(WebhookBody, 'input') },
          responses: {
            202: { description: 'Taken; sending it again changes nothing.' },
            401: { description: 'Not signed by an agreed key, or too long ago.' },
          },
        },
      },
    },
  };
}
